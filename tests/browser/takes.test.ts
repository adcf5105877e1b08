import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openContext, openIn, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 60_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

/** A board of one shot with two takes, of another prompt each; the newest first. */
async function opened(viewport?: { width: number; height: number }) {
  const { client } = studio;
  const { id: projectId } = await client.project.create.mutate({
    name: "Takes",
    sections: [{ title: "One", sentences: [{ text: "a ferry leaves at dawn" }] }],
    width: 640,
    height: 368,
  });
  const { id: sentenceId } = (await client.project.get.query({ projectId })).sections[0]!.sentences[0]!;
  const takes = async () => (await client.take.list.query({ sentenceId })).items;
  await client.image.generate.mutate({ projectId });
  await expect.poll(async () => (await takes()).length, patience).toBe(1);
  await client.sentence.update.mutate({ sentenceId, imagePrompt: "a ferry leaves at night" });
  await client.image.generate.mutate({ projectId });
  await expect.poll(async () => (await takes()).length, patience).toBe(2);
  const shown = async () => (await client.sentence.get.query({ sentenceId })).selectedTakeId;
  const page = await openPage(studio.browser, `${studio.url}/projects/${projectId}`, viewport);
  await page.page.locator("[data-shot-id]").first().focus();
  return { ...page, takes, shown, items: await takes() };
}
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test(
  "two takes are compared by keys and one is used; one is deleted and brought back, by the message and by Ctrl+Z",
  { timeout: 180_000 },
  async () => {
    const { page, troubles, takes, shown, items } = await opened();
    const [newest, oldest] = items;
    const strip = page.getByRole("list", { name: "Takes" });
    // The fields stay where they are when the takes come.
    const held = Promise.withResolvers<void>();
    await page.route(/take\.list/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.locator("[data-shot-id]").first().click();
    const field = page.getByRole("textbox", { name: "Image prompt" });
    const place = await field.boundingBox();
    expect(await strip.count()).toBe(0);
    held.resolve();
    await strip.waitFor();
    expect(await field.boundingBox()).toEqual(place);
    await page.unrouteAll({ behavior: "wait" });

    await page.keyboard.press("t");
    const stage = page.getByRole("dialog", { name: "Takes of shot 1" });
    await stage.getByRole("region", { name: "Left: take 2" }).waitFor();
    const prompt = stage.getByRole("row", { name: /^Prompt/ });
    expect(await prompt.locator("mark").allTextContents()).toEqual(["night", "dawn"]);
    await stage.getByText(/^The same in both: model/).waitFor();
    await page.keyboard.press("s");
    await stage.getByRole("region", { name: "Left: take 1" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await stage.waitFor({ state: "detached" });
    await expect.poll(shown, patience).toBe(oldest!.id);

    await strip.getByRole("button", { name: "Take 1", exact: true, pressed: true }).focus();
    await page.keyboard.press("Delete");
    const ask = page.getByRole("dialog", { name: "Delete this take?" });
    await ask.getByText("The shot shows its newest other take then.").waitFor();
    await ask.getByRole("button", { name: "Delete the take" }).click();
    await expect.poll(async () => (await takes()).length, patience).toBe(1);
    expect(await shown()).toBe(newest!.id);
    await page.getByText("Take deleted.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    const lastTake = strip.getByRole("button", { name: "Take 2", exact: true });
    await lastTake.waitFor();
    expect(await shown()).toBe(oldest!.id);

    await strip.getByRole("button", { name: "More for take 1" }).click();
    await page.getByRole("menuitem", { name: /^Delete/ }).click();
    await ask.getByRole("button", { name: "Delete the take" }).click();
    await ask.waitFor({ state: "detached" });
    await expect.poll(shown, patience).toBe(newest!.id);
    await lastTake.waitFor({ state: "detached" });
    await page.locator("[data-shot-id]").first().focus();
    await page.keyboard.press("ControlOrMeta+z");
    await lastTake.waitFor();
    expect(await shown()).toBe(oldest!.id);

    const { sentenceId } = oldest!;
    await studio.client.sentence.update.mutate({ sentenceId, isLocked: true });
    await strip.getByRole("button", { name: "More for take 1" }).click();
    await page.getByRole("menuitem", { name: /^Delete/ }).click();
    await ask.getByText(/Unlock the shot first, or choose another of its takes\.$/).waitFor();
    expect(await ask.getByRole("button", { name: "Delete the take" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await studio.client.sentence.update.mutate({ sentenceId, isLocked: false });

    await strip.getByRole("button", { name: "More for take 1" }).click();
    await page.getByRole("menuitem", { name: "Redo exactly" }).click();
    await expect.poll(async () => (await takes()).length, patience).toBe(3);
    const [again] = await takes();
    expect([again!.prompt, again!.seed]).toEqual([oldest!.prompt, oldest!.seed]);
    expect(troubles).toEqual([]);
  },
);

test(
  "on a phone two takes stand one above the other, and nothing scrolls sideways",
  { timeout: 180_000 },
  async () => {
    const { page, troubles } = await opened({ width: 390, height: 844 });
    await page.keyboard.press("t");
    const stage = page.getByRole("dialog", { name: "Takes of shot 1" });
    const [upper, lower] = await Promise.all(
      ["Left: take 2", "Right: take 1"].map((name) => stage.getByRole("region", { name }).boundingBox()),
    );
    expect(lower!.y).toBeGreaterThanOrEqual(upper!.y + upper!.height);
    expect(await fits(page)).toBe(true);
    expect(troubles).toEqual([]);
  },
);

test("a picture that lets one wait is a few pixels of itself until it is there", async () => {
  const { page: first } = await opened();
  const url = first.url();
  await first.context().close();
  const context = await openContext(studio.browser);
  const seen = Promise.withResolvers<void>();
  await context.route(/[?&]w=(320|640)$/, async (route) => {
    await seen.promise;
    await route.continue();
  });
  const { page, troubles } = await openIn(context, url);
  const shot = page.locator("[data-shot-id]").first();
  const pixels = shot.locator("[style*='background-image'][style*='w=32']");
  await pixels.waitFor();
  const picture = shot.locator("img").first();
  expect(await picture.evaluate((image: HTMLImageElement) => image.complete)).toBe(false);
  seen.resolve();
  await page.waitForFunction(
    () => document.querySelector<HTMLImageElement>("[data-shot-id] img")!.naturalWidth > 32,
  );
  await context.close();
  expect(troubles).toEqual([]);
});
