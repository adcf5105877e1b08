import { chromium, type Browser, type BrowserContext, type FileChooser, type Page } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A real Chromium: the one that `npm test` found or installed.
 * @param flags further ones
 */
export async function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env["TEST_CHROMIUM"];
  if (!executablePath) throw new Error("TEST_CHROMIUM is not set: run the tests with `npm test`.");
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

const WIDE = { width: 1440, height: 960 };

/** A page that can be used, and remembers what went wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport = WIDE,
): Promise<{ page: Page; troubles: string[] }> {
  return openIn(await openContext(browser, viewport), url);
}

/** What pages share: a cache, cookies, a size. */
export const openContext = (browser: Browser, viewport = WIDE): Promise<BrowserContext> =>
  browser.newContext({ viewport, reducedMotion: "reduce" });

/** The same as `openPage`, in a context that is there already. */
export async function openIn(
  context: BrowserContext,
  url: string,
): Promise<{ page: Page; troubles: string[] }> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && troubles.push(`console: ${message.text()}`));
  page.on(
    "response",
    (response) => response.status() >= 400 && troubles.push(`${response.status()} ${response.url()}`),
  );
  await goTo(page, url);
  return { page, troubles };
}

/** Leads a page to an address, until it can be used. */
export async function goTo(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await takenOver(page);
}

/** Loads the page again, until it can be used. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await takenOver(page);
}

type Files = Parameters<FileChooser["setFiles"]>[0];

/** Opens a file chooser and chooses files in it. */
export async function chooseFiles(page: Page, open: () => Promise<void>, files: Files): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  // The browser hands choosers over from a moment after it is told to.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await open();
  await (await chooser).setFiles(files);
}

/**
 * What is pressed or typed before React has taken the page over is lost; until then parts may be there twice: as they
 * came, hidden, and in their place.
 */
const takenOver = (page: Page) =>
  page.waitForFunction(() => {
    if (document.querySelector("[hidden][id^='S:']")) return false;
    const control = document.querySelector("a, button");
    return control === null || Object.keys(control).some((key) => key.startsWith("__reactProps"));
  });
