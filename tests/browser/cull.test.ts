import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage, reload } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 60_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

const painted = async (texts: string[], viewport?: { width: number; height: number }) => {
  const { id: projectId } = await studio.client.project.create.mutate({
    name: "Review",
    sections: [{ title: "One", sentences: texts.map((text) => ({ text })) }],
    width: 640,
    height: 368,
  });
  await studio.client.image.generate.mutate({ projectId });
  const opened = await openPage(studio.browser, `${studio.url}/projects/${projectId}`, viewport);
  await done(opened.page, texts.length);
  return { projectId, ...opened };
};
const done = (page: Page, count: number) =>
  expect.poll(() => page.locator("[data-shot-id][data-state=done]").count(), patience).toBe(count);
const sentences = async (projectId: string) =>
  (await studio.client.project.get.query({ projectId })).sections[0]!.sentences;

test(
  "shots are reviewed by keys alone: kept, painted again, edited, flagged; over a reload, to a summary",
  { timeout: 180_000 },
  async () => {
    const { page, projectId, troubles } = await painted(["alpha", "bravo", "charlie", "delta"]);
    const before = await sentences(projectId);
    await page.locator("[data-shot-id]").first().focus();
    await page.keyboard.press("x");
    await page
      .getByRole("dialog", { name: "Review" })
      .getByRole("button", { name: /What the board shows/ })
      .press("Enter");
    const stage = page.getByRole("dialog", { name: "Review" });
    await stage.getByText("1 of 4").waitFor();
    await page.keyboard.press("Enter");
    await stage.getByText("2 of 4").waitFor();
    await page.keyboard.press("a");
    await stage.getByText("3 of 4").waitFor();
    await expect
      .poll(async () => (await sentences(projectId))[1]!.selectedTakeId, patience)
      .not.toBe(before[1]!.selectedTakeId);

    // A reload in the middle: the walk goes on where it was.
    await reload(page);
    await stage.getByText("3 of 4").waitFor();
    await page.keyboard.press("e");
    await page.keyboard.type("a lighthouse at night");
    await page.keyboard.press("ControlOrMeta+Enter");
    await stage.getByText("4 of 4").waitFor();
    await page.keyboard.press("f");

    await stage.getByRole("heading", { name: "4 shots looked through" }).waitFor();
    await stage.getByRole("button", { name: "Look at 2 new pictures" }).click({ timeout: 60_000 });
    await stage.getByText("1 of 2").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await stage.getByRole("button", { name: "Back to the board" }).last().click();
    await stage.waitFor({ state: "detached" });

    const after = await sentences(projectId);
    expect(after.map((one) => one.isFlagged)).toEqual([false, false, false, true]);
    expect(after[2]).toMatchObject({ imagePrompt: "a lighthouse at night", isImageDirty: false });
    expect(after[0]!.selectedTakeId).toBe(before[0]!.selectedTakeId);
    for (const { id } of [after[1]!, after[2]!])
      expect((await studio.client.take.list.query({ sentenceId: id })).items).toHaveLength(2);
    expect(troubles).toEqual([]);
  },
);

test(
  "a shot on the whole screen is turned over by keys, shows its takes, and leads back to where it was left",
  { timeout: 180_000 },
  async () => {
    const { page, projectId, troubles } = await painted(["alpha", "bravo"]);
    const [first] = await sentences(projectId);
    await studio.client.image.generate.mutate({ projectId, sentenceIds: [first!.id], force: true });
    await expect
      .poll(
        async () => (await studio.client.take.list.query({ sentenceId: first!.id })).items.length,
        patience,
      )
      .toBe(2);
    await done(page, 2);
    await page.locator("[data-shot-id]").first().click();
    await page.keyboard.press("Space");
    const stage = page.getByRole("dialog", { name: "Shot 1" });
    await stage.getByText("alpha").waitFor();
    await page.keyboard.press("1");
    await expect
      .poll(async () => (await sentences(projectId))[0]!.selectedTakeId, patience)
      .toBe(first!.selectedTakeId);
    await page.keyboard.press("l");
    await stage.getByText("locked").waitFor({ state: "attached" });
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: "Shot 2" }).getByText("bravo").waitFor();
    await page.keyboard.press("Space");
    await page.locator("[data-shot-id][aria-selected=true]").filter({ hasText: "bravo" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-shot-id")), patience)
      .toBe((await sentences(projectId))[1]!.id);
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(async () => (await sentences(projectId))[0]!.isLocked, patience).toBe(false);
    expect(troubles).toEqual([]);
  },
);

test("on a phone the review fits, and nothing scrolls sideways", { timeout: 180_000 }, async () => {
  const { page, troubles } = await painted(["alpha", "bravo"], { width: 390, height: 844 });
  await page.locator("[data-shot-id]").first().focus();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: /What the board shows/ }).click();
  const stage = page.getByRole("dialog", { name: "Review" });
  await stage.getByText("1 of 2").waitFor();
  await stage.getByRole("button", { name: /^Keep/ }).click();
  await stage.getByText("2 of 2").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(troubles).toEqual([]);
});
