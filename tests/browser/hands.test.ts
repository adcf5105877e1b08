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

const make = async (...sections: string[][]) => {
  const { id } = await studio.client.project.create.mutate({
    name: "Hands",
    sections: sections.map((texts, index) => ({
      title: `Part ${index + 1}`,
      sentences: texts.map((text) => ({ text })),
    })),
  });
  const opened = await openPage(studio.browser, `${studio.url}/projects/${id}`);
  return { projectId: id, ...opened };
};
const shot = (page: Page, text: string) => page.locator("[data-shot-id]").filter({ hasText: text });
const board = async (projectId: string) =>
  (await studio.client.project.get.query({ projectId })).sections.map((one) =>
    [one.title, ...one.sentences.map(({ text }) => text)].join(" "),
  );
/** Both in the database and on the page. */
const becomes = async (page: Page, projectId: string, ...sections: string[]) => {
  await expect.poll(() => board(projectId), patience).toEqual(sections);
  const project = await studio.client.project.get.query({ projectId });
  const ids = project.sections.flatMap((one) => one.sentences.map(({ id }) => id));
  await expect
    .poll(
      () =>
        page
          .locator("[data-shot-id]")
          .evaluateAll((all) => all.map((one) => one.getAttribute("data-shot-id"))),
      patience,
    )
    .toEqual(ids);
};

test("shots are put in order by keys alone, over the edge of a section, and every step is undone and done again", async () => {
  const { page, projectId, troubles } = await make(["alpha", "bravo", "charlie"], ["delta"]);
  await shot(page, "alpha").click();
  await page.keyboard.press("Alt+ArrowRight");
  await becomes(page, projectId, "Part 1 bravo alpha charlie", "Part 2 delta");
  await shot(page, "charlie").click();
  await page.keyboard.press("Alt+ArrowRight");
  await becomes(page, projectId, "Part 1 bravo alpha", "Part 2 charlie delta");
  await page.keyboard.press("m");
  await page
    .getByRole("dialog", { name: "Move 1 shot to" })
    .getByRole("button", { name: "Part 1" })
    .press("Enter");
  await becomes(page, projectId, "Part 1 bravo alpha charlie", "Part 2 delta");

  await page.keyboard.press("ControlOrMeta+z");
  await becomes(page, projectId, "Part 1 bravo alpha", "Part 2 charlie delta");
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await becomes(page, projectId, "Part 1 alpha bravo charlie", "Part 2 delta");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await becomes(page, projectId, "Part 1 bravo alpha charlie", "Part 2 delta");
  expect(troubles).toEqual([]);
});

test("shots are dragged to another place, several at once", async () => {
  const { page, projectId, troubles } = await make(["alpha", "bravo", "charlie", "delta"]);
  await shot(page, "alpha").click();
  await shot(page, "charlie").click({ modifiers: ["ControlOrMeta"] });
  const target = shot(page, "delta");
  const { width, height } = (await target.boundingBox())!;
  await shot(page, "charlie").dragTo(target, { targetPosition: { x: width - 5, y: height / 2 } });
  await becomes(page, projectId, "Part 1 bravo delta alpha charlie");
  expect(troubles).toEqual([]);
});

test("a sentence is divided and joined, a new one added, one taken off and brought back, by keys", async () => {
  const { page, projectId, troubles } = await make(["He left and she stayed.", "Rain."]);
  await shot(page, "He left").click();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Divide the sentence" });
  await dialog.getByRole("slider").waitFor();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await becomes(page, projectId, "Part 1 He left and she stayed. Rain.");
  await expect.poll(() => page.locator("[data-shot-id]").count(), patience).toBe(3);

  await page.keyboard.press("Shift+s");
  await expect.poll(() => page.locator("[data-shot-id]").count(), patience).toBe(2);
  await page.keyboard.press("i");
  await page.getByRole("dialog", { name: "New shot" }).getByLabel("Sentence").fill("Sun.");
  await page.keyboard.press("Enter");
  await becomes(page, projectId, "Part 1 He left and she stayed. Sun. Rain.");

  await shot(page, "Rain.").click();
  await page.keyboard.press("Delete");
  await becomes(page, projectId, "Part 1 He left and she stayed. Sun.");
  await page.getByRole("button", { name: "Undo" }).click();
  await becomes(page, projectId, "Part 1 He left and she stayed. Sun. Rain.");
  expect(troubles).toEqual([]);
});

test("an edit that was changed again in another window is not undone over it", async () => {
  const { page, projectId, troubles } = await make(["alpha"]);
  await shot(page, "alpha").click();
  await page.keyboard.press("l");
  await page.locator("[data-shot-id][data-locked]").waitFor();
  const [sentence] = (await studio.client.project.get.query({ projectId })).sections[0]!.sentences;
  await studio.client.sentence.update.mutate({ sentenceId: sentence!.id, isLocked: false });
  await page.locator("[data-shot-id]:not([data-locked])").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByText("This was changed again since").first().waitFor();
  expect(troubles).toEqual([]);
});

test("the palette does what is typed, and leads to a shot by number or words", async () => {
  const { page, troubles } = await make(["alpha", "bravo"], ["charlie"]);
  await shot(page, "alpha").click();
  const open = async (typed: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: /What to do/ }).fill(typed);
    await page.keyboard.press("Enter");
  };
  await open("flag");
  await shot(page, "alpha").getByText("flagged").waitFor({ state: "attached" });
  await open("charl");
  await page.locator("[data-shot-id][aria-selected=true]").filter({ hasText: "charlie" }).waitFor();
  await open("2");
  await page.locator("[data-shot-id][aria-selected=true]").filter({ hasText: "bravo" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByText("find anything to do").waitFor();
  expect(troubles).toEqual([]);
});

test("sections are renamed, moved, made and taken off, and come back with their shots", async () => {
  const { page, projectId, troubles } = await make(["alpha"], ["bravo", "charlie"]);
  const choose = async (section: string, item: string) => {
    await page.getByRole("button", { name: `Section ${section}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("Part 2", "Rename…");
  await page.getByRole("dialog").getByLabel("Title").fill("Dusk");
  await page.keyboard.press("Enter");
  await becomes(page, projectId, "Part 1 alpha", "Dusk bravo charlie");
  await choose("Dusk", "Move up");
  await becomes(page, projectId, "Dusk bravo charlie", "Part 1 alpha");
  await choose("Dusk", "Select its shots");
  await page.getByText("2 shots selected").waitFor();
  await choose("Dusk", "Take off the board…");
  await page.getByRole("dialog").getByRole("button", { name: "Take it off" }).click();
  await becomes(page, projectId, "Part 1 alpha");
  await page.keyboard.press("ControlOrMeta+z");
  await becomes(page, projectId, "Dusk bravo charlie", "Part 1 alpha");
  expect(troubles).toEqual([]);
});

test("the other mouse button, or its key, opens a menu about the selection, or about the shot that was clicked", async () => {
  const { page, projectId, troubles } = await make(["alpha", "bravo", "charlie"]);
  await shot(page, "alpha").click();
  await shot(page, "bravo").click({ modifiers: ["Shift"] });
  await shot(page, "bravo").click({ button: "right" });
  const menu = page.getByRole("menu", { name: "The selected shots" });
  await menu.getByRole("menuitem", { name: /^Lock/ }).click();
  const locks = async () =>
    (await studio.client.project.get.query({ projectId })).sections[0]!.sentences.map((one) => one.isLocked);
  await expect.poll(locks, patience).toEqual([true, true, false]);

  await shot(page, "charlie").click({ button: "right" });
  await page.getByRole("menu", { name: "This shot" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.matches("[data-shot-id]"));
  await page.keyboard.press("Shift+F10");
  await page
    .getByRole("menu", { name: "This shot" })
    .getByRole("menuitem", { name: /Edit the prompt/ })
    .press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-field") === "imagePrompt");
  expect(troubles).toEqual([]);
});

test("Escape closes what is open, and not a message that came meanwhile", async () => {
  const { page, projectId, troubles } = await make(["alpha", "bravo"]);
  await studio.client.image.generate.mutate({ projectId });
  await shot(page, "alpha").click();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.waitFor();
  await page
    .getByText(/^2 pictures done in /)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "detached" });
  expect(troubles).toEqual([]);
});
