import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { goTo, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const SAMPLE = "the-last-light";
/** A batch of 24 demo pictures on a busy machine, in ms. */
const BATCH = 120_000;

let studio: Studio;

beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

/** The primary button: there is one in the bar and one at a phone's lower edge, and one of them is shown. */
const generate = (page: Page) => page.getByTestId("generate").filter({ visible: true });
const shots = (page: Page, state: string) => page.locator(`[data-shot-id][data-state=${state}]`);
const waitForShots = async (page: Page, state: string, count: number, timeout = BATCH) =>
  page.waitForFunction(
    ([wanted, number]) => document.querySelectorAll(`[data-shot-id][data-state=${wanted}]`).length === number,
    [state, count] as const,
    { timeout },
  );

test(
  "one press paints the sample board, live in two tabs, and a second press says there is nothing to do",
  { timeout: 180_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/`);
    await page
      .getByRole("link", { name: /The Last Light on Skarv Island/ })
      .first()
      .click();
    await page.waitForURL(`**/projects/${SAMPLE}`);
    await page.getByText(/come from the demo renderer/).waitFor();
    await waitForShots(page, "missing", 24);
    const second = await openPage(studio.browser, `${studio.url}/projects/${SAMPLE}`);
    await waitForShots(second.page, "missing", 24);

    await generate(page).click();
    await waitForShots(second.page, "running", 1);
    await shots(page, "running")
      .getByText(/sampling \d+\/8/)
      .waitFor({ timeout: BATCH });
    await expect.poll(() => page.title()).toMatch(/^\(\d+\/24\) /);
    await page
      .getByText(/^24 pictures done in /)
      .first()
      .waitFor({ timeout: BATCH });
    expect(await page.title()).toBe("The Last Light on Skarv Island · Shotboard");
    await waitForShots(page, "done", 24);
    await waitForShots(second.page, "done", 24);

    const folder = join(studio.dataDir, "projects", SAMPLE, "images");
    const files = await readdir(folder);
    const ids = await page
      .locator("[data-shot-id]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-shot-id")));
    expect(files.toSorted()).toEqual(ids.map((id) => `${id}.png`).toSorted());
    for (const file of files)
      expect(await sharp(await readFile(join(folder, file))).metadata()).toMatchObject({
        format: "png",
        width: 1920,
        height: 1088,
      });

    await generate(page).click();
    await page.getByText("Nothing to do.").first().waitFor();
    expect(troubles).toEqual([]);
    expect(second.troubles).toEqual([]);
  },
);

test(
  "an edited prompt turns its shot dirty, and that shot alone is painted again",
  { timeout: 180_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${SAMPLE}`);
    await waitForShots(page, "done", 24);
    const first = page.locator("[data-shot-id]").first();
    const picture = await first.locator("img").first().getAttribute("src");
    await first.click();
    const prompt = page.locator("textarea[data-field=imagePrompt]");
    await prompt.fill("A chain of small islands in fog, seen from the air");
    await prompt.press("Control+Enter");
    await waitForShots(page, "dirty", 1);
    // Before it is asked for: as measured by the pictures of before.
    await page.getByText(/^1 picture in about \d.*, done\s\d\d:\d\d$/).waitFor();
    expect(await first.getAttribute("data-state")).toBe("dirty");
    await first.press("Escape");
    await generate(page).click();
    await waitForShots(page, "done", 24);
    expect(await first.locator("img").first().getAttribute("src")).not.toBe(picture);
    expect(troubles).toEqual([]);
  },
);

test(
  "a project is made from a pasted script, and deleted after a confirmation",
  { timeout: 120_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/`);
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill("Two chapters");
    await page
      .getByRole("textbox", { name: "Script" })
      .fill("# One\n\nFirst sentence. Second sentence.\n\n# Two\n\nThird sentence.");
    await page
      .getByText(/3 shots|3 sentences/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: /^Create/ }).click();
    await page.waitForURL("**/projects/*");
    await waitForShots(page, "missing", 3);
    await goTo(page, `${studio.url}/`);
    await page.getByRole("button", { name: "More for Two chapters" }).click();
    await page.getByRole("menuitem", { name: /Delete/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Delete/ })
      .click();
    await page.getByRole("link", { name: /Two chapters/ }).waitFor({ state: "detached" });
    expect(troubles).toEqual([]);
  },
);

test(
  "the board can be used without a mouse, and no page scrolls sideways on a phone",
  { timeout: 120_000 },
  async () => {
    const { page } = await openPage(studio.browser, `${studio.url}/projects/${SAMPLE}`);
    // A key that comes before the page's scripts have started is lost, as on every page.
    await vi.waitUntil(
      async () => {
        await page.locator("[data-shot-id]").first().focus();
        await page.keyboard.press("ArrowRight");
        return (await page.locator("[data-shot-id][aria-selected=true]").count()) === 1;
      },
      { timeout: 30_000, interval: 100 },
    );
    await page.keyboard.press("e");
    await page.waitForFunction(
      () => (document.activeElement as HTMLElement | null)?.dataset["field"] === "imagePrompt",
    );

    for (const path of [
      "/",
      `/projects/${SAMPLE}`,
      "/characters",
      "/admin/models",
      "/admin/styles",
      "/queue",
    ]) {
      const phone = await openPage(studio.browser, `${studio.url}${path}`, { width: 390, height: 844 });
      const overflow = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect({ path, overflow: Math.max(0, overflow) }).toEqual({ path, overflow: 0 });
      expect(phone.troubles).toEqual([]);
      await phone.page.context().close();
    }
  },
);
