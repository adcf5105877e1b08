import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { chooseFiles, openContext, openIn } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";
import { root } from "../support/test-database";

const BOARD = "/projects/the-last-light";
const PATIENCE = { timeout: 30_000, interval: 100 };
const PHONE = { width: 390, height: 844 };

let studio: Studio;
let axe: string;
let wide: BrowserContext;
let phone: BrowserContext;

beforeAll(async () => {
  studio = await startStudio();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  wide = await openContext(studio.browser);
  phone = await openContext(studio.browser, PHONE);
  // A board in several states: painted, changed, without a picture.
  const { client } = studio;
  const { sections } = await client.project.get.query({ projectId: "the-last-light" });
  const ids = sections[0]!.sentences.slice(0, 3).map((one) => one.id);
  await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids });
  await new Promise<void>((resolve, reject) => {
    client.events.onProject.subscribe(
      { projectId: "the-last-light" },
      {
        onData: ({ data }) =>
          data.type === "queue" && data.queue.queued + data.queue.running === 0 && resolve(),
        onError: reject,
      },
    );
  });
  await client.sentence.update.mutate({ sentenceId: ids[0]!, text: "Changed since." });
}, 120_000);

afterAll(() => studio?.close());

/** What axe finds that keeps people out: serious and critical. */
async function seriousIn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    async () =>
      await (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ["violations"],
      }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

type Act = (page: Page) => Promise<void>;
const nothing: Act = async () => {};
const press =
  (key: string, dialog: string): Act =>
  async (page) => {
    // A key that comes before the page's scripts have started is lost, as on every page.
    await vi.waitUntil(async () => {
      await page.keyboard.press(key);
      return page.getByRole("dialog", { name: dialog }).isVisible();
    }, PATIENCE);
  };

const fromMenu = async (page: Page, name: string) => {
  await page.getByRole("button", { name: "More of this board" }).click();
  await page.getByRole("menuitem", { name }).click();
  await page.getByRole("dialog").waitFor();
};

const STATES: [name: string, path: string, act: Act][] = [
  ["the projects", "/", nothing],
  ["a new project", "/", async (page) => page.getByRole("button", { name: "New project" }).first().click()],
  [
    "a project's settings",
    "/",
    async (page) => {
      await page
        .getByRole("button", { name: /More for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: /Rename/ }).click();
    },
  ],
  ["the board", BOARD, nothing],
  ["the board as a table", `${BOARD}?view=table`, nothing],
  ["what a search and a filter show", `${BOARD}?q=light&show=missing`, nothing],
  [
    "what shots can be filtered by",
    BOARD,
    async (page) => page.getByRole("button", { name: "Filter" }).click(),
  ],
  ["a shot", BOARD, async (page) => page.locator("[data-shot-id]").first().click()],
  [
    "several shots",
    BOARD,
    async (page) => {
      await vi.waitUntil(async () => {
        await page.keyboard.press("Control+a");
        return (await page.locator("[data-shot-id][aria-selected=true]").count()) > 1;
      }, PATIENCE);
    },
  ],
  [
    "a shot's takes, and what it is made of",
    BOARD,
    async (page) => {
      await page.locator("[data-shot-id]").first().click();
      await page.getByRole("tab", { name: "Takes" }).click();
      await page.getByRole("list", { name: "Takes" }).waitFor();
      expect(await seriousIn(page)).toEqual([]);
      await page.getByRole("tab", { name: "Details" }).click();
      await page.getByRole("region", { name: "About this picture" }).waitFor();
    },
  ],
  [
    "the menu of a shot",
    BOARD,
    async (page) => page.locator("[data-shot-id]").first().click({ button: "right" }),
  ],
  [
    "what can be generated, and what it takes",
    BOARD,
    async (page) => {
      await page.getByRole("button", { name: "More to generate" }).click();
      await page
        .getByText(/pictures? in about/)
        .last()
        .waitFor();
    },
  ],
  [
    "prompts that are pasted",
    BOARD,
    async (page) => {
      await fromMenu(page, "Prompts in bulk…");
      await page.getByRole("textbox", { name: "Prompts" }).fill("1,A pier\n9999,A gull\n2,Another.,A crowd");
      await page.getByRole("list", { name: "What changes" }).waitFor();
    },
  ],
  [
    "the script",
    BOARD,
    async (page) => {
      await fromMenu(page, "Script…");
      await page.getByRole("tab", { name: /Shots/ }).click();
    },
  ],
  ["the shelf", BOARD, async (page) => fromMenu(page, "Shelf…")],
  ["the palette", BOARD, press("Control+k", "Find")],
  [
    "an own picture",
    BOARD,
    async (page) => {
      await page.locator("[data-shot-id]").first().click();
      await chooseFiles(page, () => page.keyboard.press("o"), join(root, "docs", "board.png"));
      await page.getByRole("dialog", { name: "Own picture" }).waitFor();
    },
  ],
  [
    "the review",
    BOARD,
    async (page) => {
      await press("x", "Review")(page);
      expect(await seriousIn(page)).toEqual([]);
      await page.getByRole("button", { name: /What the board shows/ }).click();
      await page.getByText(/^1 of \d/).waitFor();
    },
  ],
  ["the cast", BOARD, press("c", "Cast")],
  ["a download", BOARD, press("d", "Download pictures")],
  ["the keys", BOARD, press("?", "Keys")],
  [
    "a contact sheet",
    BOARD,
    async (page) => {
      await fromMenu(page, "Contact sheet…");
      await page.getByLabel("Noir", { exact: true }).check();
      expect(await seriousIn(page)).toEqual([]);
      await page.getByRole("button", { name: /^Paint \d/ }).click();
      await page.getByRole("grid", { name: "Proofs: shots by styles" }).waitFor();
    },
  ],
  ["the queue", "/queue", nothing],
  [
    "a paused queue with its history",
    "/queue",
    async (page) => {
      await page.getByRole("button", { name: "Pause", exact: true }).click();
      await page.getByRole("textbox", { name: "Why the queue is paused" }).waitFor();
      await page.getByText("History").first().click();
      await page.getByRole("region", { name: "Today" }).waitFor();
    },
  ],
  [
    "an address that is none",
    "/queue",
    async (page) => {
      await page.getByRole("button", { name: "Header for a proxy" }).click();
      await page.getByRole("textbox", { name: "Address of a ComfyUI" }).fill("ftp://gpu");
      await page.getByRole("button", { name: "Look" }).click();
      await page.getByText(/Expected the address of a ComfyUI/).waitFor();
    },
  ],
  ["the characters", "/characters", nothing],
  ["a character", "/characters?id=mira-solberg", nothing],
  ["a new character", "/characters?id=new", nothing],
  ["the models", "/admin/models", nothing],
  [
    "a model",
    "/admin/models?id=flux2-klein-4b",
    async (page) => page.getByRole("row", { name: /Seed/ }).first().waitFor(),
  ],
  ["the styles", "/admin/styles", nothing],
  ["a LoRA style", "/admin/styles?id=watercolor-lora", nothing],
  [
    "a new style with what is wrong",
    "/admin/styles?id=new",
    async (page) => page.getByRole("button", { name: /Create the style/ }).click(),
  ],
  ["a style that is not there", "/admin/styles?id=gone", nothing],
  ["an address without a page", "/nothing-here", nothing],
];

/** Those that are laid out otherwise on a phone. */
const ON_PHONE = [
  "the projects",
  "the board",
  "the board as a table",
  "a shot",
  "the queue",
  "a character",
  "a model",
  "a LoRA style",
];

/** Pages of one size share what they load, and remember nothing of each other. */
async function check(path: string, act: Act, context: BrowserContext): Promise<void> {
  await context.clearCookies();
  const { page } = await openIn(context, studio.url + path);
  await act(page);
  expect(await seriousIn(page)).toEqual([]);
  await page.close();
}

describe("axe finds nothing serious", () => {
  test.each(STATES)("in %s", { timeout: 60_000 }, async (_, path, act) => check(path, act, wide));

  test.each(STATES.filter(([name]) => ON_PHONE.includes(name)))(
    "in %s on a phone",
    { timeout: 60_000 },
    async (_, path, act) => check(path, act, phone),
  );
});
