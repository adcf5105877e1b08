import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sentence } from "@/lib/schemas/sentence";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { chooseFiles, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 60_000, interval: 50 };

let comfy: DemoComfyUI;
let studio: Studio;
beforeAll(async () => {
  comfy = await startDemoComfyUI({ stepMs: 5, paint: false });
  studio = await startStudio({ COMFYUI_URL: comfy.url });
}, 120_000);
afterAll(async () => {
  await studio?.close();
  await comfy?.close();
});

/** Goes to an element as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 150; step += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${String(target)}.`);
}
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: /What to do/ }).waitFor();
  await page.keyboard.type(command);
  await page.keyboard.press("Enter");
}
const states = (page: Page, state: string, count: number) =>
  expect.poll(() => page.locator(`[data-shot-id][data-state=${state}]`).count(), patience).toBe(count);

test(
  "a creator's day, without a mouse: script, split, style, pictures, review, locks, an own picture, and the edited script; every kept picture is there at its end",
  { timeout: 300_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/`);
    const button = (name: string | RegExp) => page.getByRole("button", { name }).last();

    // The script, with a split corrected before anything is made.
    await press(page, page.getByRole("button", { name: "New project" }).first());
    const project = page.getByRole("dialog", { name: "New project" });
    await tabTo(page, project.getByLabel("Name"));
    await page.keyboard.insertText("The ferry");
    await tabTo(page, project.getByRole("textbox", { name: "Script" }));
    await page.keyboard.insertText(
      "# Dawn\nThe ferry left. Nobody waved and it rained. The sea rose.\n# Dusk\nIt came back. The pier was empty.",
    );
    await tabTo(page, project.getByRole("tab", { name: "Text" }));
    await page.keyboard.press("ArrowRight");
    await tabTo(page, page.getByRole("option", { name: /The ferry left/ }));
    await page.keyboard.press("ArrowDown");
    for (let word = 0; word < 2; word += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await press(page, project.getByRole("button", { name: "Create 6 shots" }));
    await page.waitForURL("**/projects/*-*");
    const projectId = new URL(page.url()).pathname.split("/").at(-1)!;
    const sentences = async (): Promise<Sentence[]> =>
      (await studio.client.project.get.query({ projectId })).sections.flatMap((one) => one.sentences);
    expect((await sentences()).map((one) => one.text)).toEqual([
      "The ferry left.",
      "Nobody waved",
      "and it rained.",
      "The sea rose.",
      "It came back.",
      "The pier was empty.",
    ]);

    // A style, by a contact sheet of two shots.
    await page.locator("[data-shot-id]").first().waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await run(page, "contact sheet");
    const sheet = page.getByRole("dialog", { name: "Contact sheet" });
    for (const style of ["Cinematic", "Noir"]) {
      await tabTo(page, sheet.getByLabel(style, { exact: true }));
      await page.keyboard.press("Space");
    }
    await press(page, sheet.getByRole("button", { name: "Paint 4 proofs" }));
    await sheet.getByText("4 of 4 painted").waitFor({ timeout: 60_000 });
    await tabTo(page, sheet.getByRole("gridcell").first());
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("p");
    await press(page, button("Use it for the project"));
    await page.getByRole("dialog", { name: "Use “Noir”" }).waitFor({ state: "detached" });
    await press(page, sheet.getByRole("button", { name: "Back to the board" }));
    await sheet.waitFor({ state: "detached" });
    await states(page, "done", 2);

    // The rest of the pictures.
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await states(page, "done", 6);
    const generated = await sentences();
    expect(generated.map((one) => one.shownTake?.styleId)).toEqual(Array.from({ length: 6 }, () => "noir"));

    // Review: three once more, three kept.
    await page.keyboard.press("x");
    await press(page, button(/What the board shows/));
    const review = page.getByRole("dialog", { name: "Review" });
    for (const [index, key] of ["a", "a", "a", "Enter", "Enter", "Enter"].entries()) {
      await review.getByText(`${index + 1} of 6`).waitFor();
      await page.keyboard.press(key);
    }
    await review.getByRole("heading", { name: "6 shots looked through" }).waitFor();
    await press(page, review.getByRole("button", { name: "Back to the board" }).last());
    await review.waitFor({ state: "detached" });
    await expect
      .poll(
        async () =>
          (await sentences()).filter((one, index) => one.selectedTakeId !== generated[index]!.selectedTakeId)
            .length,
        patience,
      )
      .toBe(3);
    await states(page, "done", 6);

    // Two are locked, and the last one is a picture of one's own.
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("l");
    await expect.poll(async () => (await sentences()).filter((one) => one.isLocked).length, patience).toBe(2);
    await page.keyboard.press("End");
    const bytes = await sharp({ create: { width: 300, height: 400, channels: 3, background: "#0f0" } })
      .png()
      .toBuffer();
    await chooseFiles(page, () => page.keyboard.press("o"), {
      name: "pier.png",
      mimeType: "image/png",
      buffer: bytes,
    });
    await press(page, button("Use 1 picture"));
    await page.locator("[data-shot-id]").last().getByText("yours").waitFor();
    const before = await sentences();

    // The script was edited meanwhile.
    await run(page, "the whole script");
    const script = page.getByRole("dialog", { name: "Script" });
    await tabTo(page, script.getByRole("textbox", { name: "Script" }));
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(
      "# Dawn\nThe ferry left. Nobody waved\n\nThe sea rose high.\n# Dusk\nThe pier was empty. It came back. And then?",
    );
    await press(page, script.getByRole("button", { name: "Apply to the board" }));
    await script.waitFor({ state: "detached" });

    const after = await sentences();
    expect(after.map((one) => one.text)).toEqual([
      "The ferry left.",
      "Nobody waved",
      "The sea rose high.",
      "The pier was empty.",
      "It came back.",
      "And then?",
    ]);
    const take = (all: readonly Sentence[], text: string) => {
      const { selectedTakeId, isLocked, shownTake } = all.find((one) => one.text.startsWith(text))!;
      return { selectedTakeId, isLocked, renderer: shownTake?.renderer };
    };
    for (const text of [
      "The ferry left.",
      "Nobody waved",
      "The sea rose",
      "The pier was empty.",
      "It came back.",
    ])
      expect(take(after, text)).toEqual(take(before, text));
    expect(take(after, "The pier")).toMatchObject({ isLocked: true, renderer: "own" });
    const shelf = await studio.client.sentence.shelf.query({ projectId });
    expect(shelf.items).toMatchObject([
      { text: "and it rained.", imageUrl: expect.stringContaining("/media/") },
    ]);
    await states(page, "done", 4);
    await states(page, "dirty", 1);
    await states(page, "missing", 1);
    expect(troubles).toEqual([]);
  },
);
