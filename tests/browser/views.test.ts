import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTo, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

let studio: Studio;
let projectId: string;
let ids: string[];

const TEXTS = [
  "The ferry leaves Łódź at dawn.",
  "Nobody waves from the quay.",
  "A café opens its shutters.",
  "The keeper counts his stairs.",
];

beforeAll(async () => {
  studio = await startStudio();
  const { client } = studio;
  const sections = [
    { title: "Morning", sentences: TEXTS.map((text) => ({ text })) },
    {
      title: "Evening",
      sentences: Array.from({ length: 56 }, (_, index) => ({ text: `The lamp turns, ${index + 1}.` })),
    },
  ];
  ({ id: projectId } = await client.project.create.mutate({ name: "Views", sections }));
  const project = await client.project.get.query({ projectId });
  ids = project.sections.flatMap((section) => section.sentences.map((one) => one.id));
  await client.sentence.updateMany.mutate({
    projectId,
    sentences: [
      { sentenceId: ids[1]!, isLocked: true, imagePrompt: "An empty pier in fog" },
      { sentenceId: ids[2]!, isLocked: true, isFlagged: true },
    ],
  });
}, 120_000);
afterAll(() => studio?.close());

/** Opens the board; only one that has been measured hears keys. */
const open = async (search = "", viewport = { width: 1440, height: 960 }) => {
  const opened = await openPage(studio.browser, `${studio.url}/projects/${projectId}${search}`, viewport);
  await isMeasured(opened.page);
  return opened;
};
const isMeasured = (page: Page) =>
  page
    .locator("[role=grid][style*=height], [data-section-id][style*=height]")
    .or(page.getByText("No picture has failed."))
    .first()
    .waitFor({ state: "attached" });
const shot = (page: Page, index: number) => page.locator(`[data-shot-id="${ids[index]}"]`);
const shownIds = (page: Page) =>
  page.locator("[data-shot-id]").evaluateAll((all) => all.map((one) => one.getAttribute("data-shot-id")));
const shows = (page: Page, indexes: number[]) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("[data-shot-id]")]
        .map((one) => one.getAttribute("data-shot-id"))
        .join() === wanted,
    indexes.map((index) => ids[index]).join(),
  );
const searchIs = (page: Page, search: string) =>
  page.waitForFunction((wanted) => decodeURIComponent(location.search) === wanted, search);

describe("the table", () => {
  test("shows the same shots as the pictures, and V goes from one to the other and back", async () => {
    const { page, troubles } = await open();
    await shot(page, 0).click();
    await page.keyboard.press("v");
    const table = page.getByRole("grid", { name: "Shots" });
    await table.waitFor();
    await table.getByRole("columnheader", { name: "Image prompt" }).waitFor();
    const row = table.getByRole("row").filter({ hasText: "Nobody waves" });
    await row.getByText("An empty pier in fog").waitFor();
    await row.getByText("no picture").waitFor();
    expect((await row.boundingBox())?.height).toBe(64);
    expect(await shot(page, 0).getAttribute("aria-selected")).toBe("true");
    // Names, a heading for each section, and the shots.
    expect(await table.getAttribute("aria-rowcount")).toBe("63");
    await page.reload();
    await isMeasured(page);
    await page.keyboard.press("v");
    await table.waitFor({ state: "detached" });
    await page.context().close();
    expect(troubles).toEqual([]);
  });

  test("is gone through by arrows, from one section to the next, and follows in the list of sections", async () => {
    const { page } = await open("?view=table");
    await shot(page, 3).click();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((id) => document.activeElement?.getAttribute("data-shot-id") === id, ids[4]!);
    await page.keyboard.press("End");
    await shot(page, 59).waitFor();
    await page.waitForFunction(() =>
      document.querySelector("nav [aria-current]")?.textContent?.includes("Evening"),
    );
    expect((await shownIds(page)).length).toBeLessThan(60);
    await page.context().close();
  });

  test("has its texts edited in place by a double click, and stores them", async () => {
    const { page } = await open("?view=table");
    await shot(page, 3).getByText("The keeper counts his stairs.").dblclick();
    const box = page.getByRole("textbox", { name: "Sentence", exact: true }).first();
    await box.fill("The keeper counts his steps.");
    await box.press("Control+Enter");
    await shot(page, 3).getByText("The keeper counts his steps.").waitFor();
    await page.waitForFunction((id) => document.activeElement?.getAttribute("data-shot-id") === id, ids[3]!);
    await page.keyboard.press("F2");
    await page.locator("[data-cell=imagePrompt] textarea").fill("A spiral stair");
    await page.keyboard.press("Escape");
    await shot(page, 3).getByText("A spiral stair").waitFor();
    await expect
      .poll(async () => studio.client.sentence.get.query({ sentenceId: ids[3]! }))
      .toMatchObject({ text: "The keeper counts his steps.", imagePrompt: "A spiral stair" });
    await page.context().close();
  });
});

test("a sentence is edited on its card by a double click or F2, and nothing around it moves", async () => {
  const { page } = await open();
  const next = await shot(page, 1).boundingBox();
  await shot(page, 0).focus();
  await page.keyboard.press("F2");
  const box = page.locator("[data-shot-grid] textarea");
  const before = await box.inputValue();
  expect(await shot(page, 1).boundingBox()).toEqual(next);
  await box.fill(`${before} Again.`);
  await box.press("Escape");
  await page.waitForFunction((id) => document.activeElement?.getAttribute("data-shot-id") === id, ids[0]!);
  await expect
    .poll(async () => (await studio.client.sentence.get.query({ sentenceId: ids[0]! })).text)
    .toBe(`${before} Again.`);
  await shot(page, 0).locator("p").dblclick();
  await box.fill(before);
  await box.press("Control+Enter");
  await expect
    .poll(async () => (await studio.client.sentence.get.query({ sentenceId: ids[0]! })).text)
    .toBe(before);
  await page.context().close();
});

test("the size slider takes the keys that move it; all others stay the board's", async () => {
  const { page } = await open();
  await shot(page, 0).click();
  const slider = page.getByRole("slider", { name: "Size of the shots" });
  const before = await slider.inputValue();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  expect(Number(await slider.inputValue())).toBeGreaterThan(Number(before));
  expect(await shot(page, 0).getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("v");
  await page.getByRole("grid", { name: "Shots" }).getByRole("row").first().waitFor();
  await page.context().close();
});

describe("search and filters", () => {
  test("a slash goes to the search, which marks what it finds and stands in the address", async () => {
    const { page, troubles } = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("lodz");
    await shows(page, [0]);
    expect(await shot(page, 0).locator("mark").first().textContent()).toBe("Łódź");
    await searchIs(page, "?q=lodz");
    await page.getByText("1 of 60 shown").waitFor();
    // Enter goes on to what was found.
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.activeElement?.getAttribute("data-shot-id") === id, ids[0]!);
    await page.keyboard.press("Control+f");
    await page.keyboard.type("pier");
    await shows(page, [1]);
    // Its prompt alone has the word: that is shown, marked.
    const card = shot(page, 1).locator("[data-cell=text]");
    expect(await card.locator("mark").allTextContents()).toEqual(["pier"]);
    expect(await card.textContent()).toContain("Prompt: …empty pier in fog");
    await page.keyboard.press("Escape");
    await page.getByText("1 of 60 shown").waitFor({ state: "detached" });
    await page.context().close();
    expect(troubles).toEqual([]);
  });

  test("filters narrow each other down, and each has a chip that takes it away", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitemcheckbox", { name: /Missing\s*60/ }).click();
    await page.getByRole("menuitemcheckbox", { name: /Locked\s*2/ }).click();
    await page.getByRole("menuitemcheckbox", { name: /Flagged\s*1/ }).click();
    await page.keyboard.press("Escape");
    await shows(page, [2]);
    await searchIs(page, "?show=missing,locked,flagged");
    await page.getByRole("button", { name: "Take away the filter Flagged" }).click();
    await shows(page, [1, 2]);
    await page.getByRole("button", { name: "Show all" }).click();
    await shot(page, 0).waitFor();
    await page.context().close();
  });

  test("a filter that nothing fits says so and lets go of itself", async () => {
    const { page } = await open("?show=failed");
    await page.getByText("No picture has failed.").waitFor();
    await page.getByRole("button", { name: "Show all shots" }).click();
    await shot(page, 0).waitFor();
    await page.context().close();
  });

  test("an address opened elsewhere shows the same: view, search, filter and selection", async () => {
    const { page } = await open();
    await shot(page, 1).click();
    await shot(page, 2).click({ modifiers: ["Control"] });
    await page.getByRole("button", { name: "Table" }).click();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitemcheckbox", { name: /Locked/ }).click();
    await page.keyboard.press("Escape");
    await searchIs(page, `?view=table&show=locked&shot=${ids[1]},${ids[2]}`);
    const other = await openPage(studio.browser, page.url());
    await shows(other.page, [1, 2]);
    await other.page.getByRole("grid", { name: "Shots" }).waitFor();
    expect(await other.page.locator("[data-shot-id][aria-selected=true]").count()).toBe(2);
    await page.context().close();
    await other.page.context().close();
  });

  test("what a filter hides stays selected, is told, and is not acted upon", async () => {
    const { page } = await open(`?q=ferry&shot=${ids[0]},${ids[3]}`);
    await shows(page, [0]);
    await page.getByText("1 selected is hidden").waitFor();
    await page.getByRole("button", { name: /^Generate 1 selected/ }).waitFor();
    await page.keyboard.press("l");
    const isLocked = async (index: number) =>
      (await studio.client.sentence.get.query({ sentenceId: ids[index]! })).isLocked;
    await expect.poll(() => isLocked(0)).toBe(true);
    expect(await isLocked(3)).toBe(false);
    await page.getByRole("button", { name: "Search for nothing" }).click();
    await page.getByText("2 selected").first().waitFor();
    await page.getByText("is hidden").waitFor({ state: "detached" });
    await studio.client.sentence.update.mutate({ sentenceId: ids[0]!, isLocked: false });
    await page.context().close();
  });
});

/** Collects what moves on a page once all of it is there: a browser draws also what it has read in part. */
const watchMoves = (page: Page) =>
  page.addInitScript(() => {
    const moved = new Set<string>();
    Object.assign(window, { moved });
    const place = (one: Element) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height].join();
    };
    const watch = () => {
      const first = new Map<Element, string>();
      const look = () => {
        for (const one of document.querySelectorAll("a, button, input, h1, h2, h3")) {
          if (!one.checkVisibility()) continue;
          const now = place(one);
          const was = first.get(one) ?? now;
          first.set(one, was);
          if (now !== was) moved.add(`${one.outerHTML.slice(0, 80)} from ${was} to ${now}`);
        }
        requestAnimationFrame(look);
      };
      look();
    };
    document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(watch));
  });
const nextFrames = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const movedOn = (page: Page) => page.evaluate(() => [...(Reflect.get(window, "moved") as Set<string>)]);

describe("a page that loads", () => {
  test("keeps the letters that it was first drawn with, where its own come late", async () => {
    const { page } = await openPage(studio.browser, "about:blank");
    await watchMoves(page);
    await page.route(/\.woff2/, async (route) => {
      await page.getByRole("heading", { name: "Queue" }).waitFor();
      await nextFrames(page);
      await route.continue();
    });
    await goTo(page, `${studio.url}/queue`);
    await page.waitForLoadState("networkidle");
    await nextFrames(page);
    expect(await movedOn(page)).toEqual([]);
    await page.context().close();
  });

  test.each(["/", "/queue", "/admin/styles", "/admin/models", "board", "board?layout=table"])(
    "moves nothing: %s",
    async (path) => {
      const { page } = await openPage(studio.browser, "about:blank");
      await watchMoves(page);
      await goTo(page, studio.url + path.replace("board", `/projects/${projectId}`));
      await page.waitForLoadState("networkidle");
      // What was drawn before the next frame has been looked at by then.
      await nextFrames(page);
      expect(await movedOn(page)).toEqual([]);
      await page.context().close();
    },
  );
});

describe("a board that is cut off", () => {
  test("says that it is reconnecting, and is right at once when it is back, also in its texts and order", async () => {
    const { page } = await open();
    await shot(page, 0).waitFor();
    await studio.restart("SIGKILL");
    await page.getByText("Reconnecting").first().waitFor();
    await studio.client.sentence.update.mutate({ sentenceId: ids[0]!, text: "Told while nobody heard." });
    await shot(page, 0).getByText("Told while nobody heard.").first().waitFor();
    await page.getByText("Reconnecting").first().waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("a project that is not there", () => {
  test("is answered with 404 and a sentence", async () => {
    const answer = await fetch(`${studio.url}/projects/nope`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is nothing at this address");
  });

  test("any more says so on every board that shows it", async () => {
    const { id } = await studio.client.project.create.mutate({ name: "Short", script: "One. Two." });
    const { page } = await openPage(studio.browser, `${studio.url}/projects/${id}`);
    await page.locator("[data-shot-id]").first().waitFor();
    await studio.client.project.delete.mutate({ projectId: id });
    await page.getByText("This project was deleted").waitFor();
    await page.context().close();
  });

  test("gives back what was typed and could not be stored", async () => {
    const { id } = await studio.client.project.create.mutate({ name: "Typed", script: "One. Two." });
    const { page } = await openPage(studio.browser, `${studio.url}/projects/${id}`);
    await isMeasured(page);
    await page.route(/sentence\.update/, (route) => route.abort());
    await page.locator("[data-shot-id]").first().click();
    await page.getByRole("textbox", { name: "Image prompt" }).fill("An hour of thought\nabout a lighthouse");
    await page.getByText("Not saved").waitFor();
    await studio.client.project.delete.mutate({ projectId: id });
    await page.getByText("This project was deleted").waitFor();
    await page.getByText("An hour of thought about a lighthouse").waitFor();
    await page.getByRole("button", { name: "Copy the text" }).waitFor();
    await page.context().close();
  });
});

test("on a phone the search opens over its row, and nothing is wider than the screen", async () => {
  const { page } = await open("", { width: 390, height: 844 });
  await shot(page, 0).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("pier");
  await shows(page, [1]);
  for (const search of ["", "?view=table"]) {
    await goTo(page, `${studio.url}/projects/${projectId}${search}`);
    await shot(page, 0).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.evaluate(() => document.querySelector("main")!.scrollWidth)).toBeLessThanOrEqual(390);
  }
  const line = page.getByRole("note");
  expect((await line.boundingBox())!.height).toBeLessThan(32);
  await page.context().close();
});
