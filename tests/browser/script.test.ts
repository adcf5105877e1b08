import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 20_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

const rows = (page: Page) => page.locator("[data-row]");
const textOf = async (projectId: string) =>
  (await studio.client.project.get.query({ projectId })).sections.map((one) => [
    one.title,
    ...one.sentences.map(({ text }) => text),
  ]);
const projectAt = (page: Page) => new URL(page.url()).pathname.split("/").at(-1)!;

test("a pasted script is looked through and corrected by keyboard before anything is made", async () => {
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/`);
  await page.getByRole("button", { name: "New project" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Name").fill("Corrected");
  await dialog
    .getByRole("textbox", { name: "Script" })
    .fill("# Dawn\nHe left. She stayed.\nThe ferry was late and full.");
  await dialog.getByRole("tab", { name: /Shots/ }).click();
  await expect.poll(() => rows(page).count(), patience).toBe(3);

  // The second to the first, the last divided behind "late".
  await rows(page).nth(1).click();
  await page.keyboard.press("Backspace");
  await expect.poll(() => rows(page).count(), patience).toBe(2);
  await page.keyboard.press("ArrowDown");
  for (let word = 0; word < 4; word += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => rows(page).count(), patience).toBe(3);

  // Corrections outlast an edit of the text elsewhere.
  await dialog.getByRole("tab", { name: "Text" }).click();
  const field = dialog.getByRole("textbox", { name: "Script" });
  await field.fill(`${await field.inputValue()}\n\nThen it sank.`);
  await dialog.getByRole("button", { name: "Create 4 shots" }).click();
  await page.waitForURL("**/projects/*-*");
  expect(await textOf(projectAt(page))).toEqual([
    ["Dawn", "He left. She stayed.", "The ferry was late", "and full.", "Then it sank."],
  ]);
  expect(troubles).toEqual([]);
});

test("subtitles are dropped as a file, say what could not be read, and keep their times", async () => {
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/`);
  await page.getByRole("button", { name: "New project" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  const srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\nOne.\r\n\r\n2\r\n00:00:0x --> 00:00:04,000\r\nTwo.\r\n";
  await dialog.getByLabel("Script file").setInputFiles({
    name: "my_film.srt",
    mimeType: "application/x-subrip",
    buffer: Buffer.from(`\uFEFF${srt}`, "utf16le"),
  });
  await dialog.getByText(/The times of cue 2 could not be read/).waitFor();
  expect(await dialog.getByLabel("Name").inputValue()).toBe("my film");
  await dialog.getByRole("button", { name: "Create 2 shots" }).click();
  await page.waitForURL("**/projects/*-*");
  const { sections } = await studio.client.project.get.query({ projectId: projectAt(page) });
  expect(sections[0]!.sentences).toMatchObject([
    { text: "One.", startMs: 1_000, endMs: 2_000 },
    { text: "Two.", startMs: null },
  ]);
  expect(troubles).toEqual([]);
});

test("a newer script is compared with the board: pictures stay, what is gone waits on the shelf and comes back", async () => {
  const { id: projectId } = await studio.client.project.create.mutate({
    name: "Revised",
    sections: [
      {
        title: "Dawn",
        sentences: ["The ferry left at dawn.", "Nobody waved.", "It rained."].map((text) => ({ text })),
      },
    ],
  });
  await studio.client.image.generate.mutate({ projectId });
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${projectId}`);
  await page.waitForFunction(
    () => document.querySelectorAll("[data-shot-id][data-state=done]").length === 3,
    null,
    {
      timeout: 120_000,
    },
  );
  await page.getByRole("button", { name: "More of this board" }).click();
  await page.getByRole("menuitem", { name: "Script…" }).click();
  const dialog = page.getByRole("dialog", { name: "Script" });
  const apply = dialog.getByRole("button", { name: "Apply to the board" });
  await dialog.getByText("The same as the board.").waitFor();
  expect(await apply.isDisabled()).toBe(true);

  await dialog
    .getByRole("textbox", { name: "Script" })
    .fill("# Dawn\n\nThe old ferry left at dawn. It rained. Then the sun came out.");
  await dialog.getByText("1 stay as they are · 1 edited · 1 new shot · 1 to the shelf").waitFor();
  await dialog.getByRole("tab", { name: /Shots/ }).click();
  await dialog.getByText("was: The ferry left at dawn.").waitFor();
  await dialog.getByRole("region", { name: "To the shelf" }).getByText("Nobody waved.").waitFor();
  await apply.click();
  await dialog.waitFor({ state: "detached" });
  await page
    .locator("[data-shot-id][data-state=missing]")
    .filter({ hasText: "Then the sun came out." })
    .waitFor();
  const { sections } = await studio.client.project.get.query({ projectId });
  expect(sections[0]!.sentences.map((one) => [one.text, one.imageUrl !== null, one.isImageDirty])).toEqual([
    ["The old ferry left at dawn.", true, true],
    ["It rained.", true, false],
    ["Then the sun came out.", false, true],
  ]);

  await page.getByRole("button", { name: "More of this board" }).click();
  await page.getByRole("menuitem", { name: "Shelf…" }).click();
  const shelf = page.getByRole("dialog", { name: "Shelf" });
  await shelf.getByRole("button", { name: "Bring back" }).click();
  await shelf.getByText("Nothing is on the shelf.").waitFor();
  await page.locator("[data-shot-id][data-state=done]").filter({ hasText: "Nobody waved." }).waitFor();
  expect(troubles).toEqual([]);
});

test("prompts that were written elsewhere are pasted as a table, looked at, and taken back by one undo", async () => {
  const { id } = await studio.client.project.create.mutate({
    name: "Bulk",
    script: "The ferry left. It came back. Nobody knew why.",
  });
  const prompts = async () =>
    (await studio.client.project.get.query({ projectId: id })).sections[0]!.sentences.map(
      (one) => one.imagePrompt,
    );
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${id}`);
  await page.getByRole("button", { name: "More of this board" }).click();
  await page.getByRole("menuitem", { name: "Prompts in bulk…" }).click();
  const dialog = page.getByRole("dialog", { name: "Prompts in bulk" });
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save as file" }).click();
  const table = await readFile(await (await saved).path(), "utf8");
  expect(table).toBe(
    "Number\tSentence\tPrompt\n1\tThe ferry left.\t\n2\tIt came back.\t\n3\tNobody knew why.\t",
  );

  const field = dialog.getByRole("textbox", { name: "Prompts" });
  await field.fill(
    `${table.replace("left.\t", "left.\tA ferry in fog").replace("back.\t", "back.\tA pier")}\n4\tGone.\tA gull`.replace(
      "Nobody knew why.\t",
      "Somebody knew.\tA crowd",
    ),
  );
  await dialog.getByText("The board ends at 3: 4 left out.").waitFor();
  await dialog
    .getByText("3 is left out: the table has “Somebody knew.”, the board “Nobody knew why.”.")
    .waitFor();
  expect(await dialog.getByRole("list", { name: "What changes" }).getByRole("listitem").count()).toBe(2);
  await dialog.getByRole("switch", { name: "Go by the numbers alone" }).click();
  await dialog.getByRole("button", { name: "Change 3 prompts" }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(await prompts()).toEqual(["A ferry in fog", "A pier", "A crowd"]);
  await page.keyboard.press("Control+z");
  await expect.poll(prompts, patience).toEqual([null, null, null]);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(prompts, patience).toEqual(["A ferry in fog", "A pier", "A crowd"]);
  expect(troubles).toEqual([]);
});
