import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";
import { percentile } from "./report";

/** What is measured in the page itself; it is there before any of the page's own scripts. */
interface Probe {
  /** When the board could be used, in ms since navigation. */
  usableAt: number | null;
  longTasks: number[];
}
declare global {
  interface Window {
    probe: Probe;
  }
}

/** Set up in each page before its own scripts. A board can be used once it is measured and hears keys and clicks. */
function install(): void {
  const probe: Probe = { usableAt: null, longTasks: [] };
  window.probe = probe;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.longTasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    const grid = document.querySelector<HTMLElement>("[data-shot-grid]");
    const isHeard = grid !== null && Object.keys(grid).some((key) => key.startsWith("__reactProps"));
    // Its height is known only in the browser.
    const isMeasured = grid?.querySelector("[data-shots][style*=height], [role=grid][style*=height]") != null;
    const isThere = document.querySelector("[data-shot-id]") !== null;
    if (isHeard && isMeasured && isThere) probe.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export interface OpenBoard {
  page: Page;
  session: CDPSession;
  usable: number;
  /** Bytes of the document as the browser gets it, packed. */
  payload: number;
}

/** Opens a board in a fresh context and waits until it can be used. */
export async function openBoard(browser: Browser, url: string): Promise<OpenBoard> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 960 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  // The loader that runs this gives functions their names with it, also those that run in the page.
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.addInitScript(install);
  const session = await context.newCDPSession(page);
  const response = await page.goto(url, { waitUntil: "commit" });
  const usable = await page.waitForFunction(() => window.probe?.usableAt, null, { polling: 50 });
  const payload = gzipSync(await response!.body()).length;
  return { page, session, usable: (await usable.jsonValue())!, payload };
}

export interface Scrolled {
  longTasks: number[];
  frames: number[];
  rows: number;
  elements: number;
}

/** Scrolls from top to end as with a wheel, a notch a frame. */
export function scrollThrough(page: Page, notch: number): Promise<Scrolled> {
  return page.evaluate(async (by) => {
    const scroller = document.querySelector("main")!;
    scroller.scrollTop = 0;
    window.probe.longTasks.length = 0;
    const frames: number[] = [];
    let rows = 0;
    let elements = 0;
    let last = performance.now();
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let at = 0; at < scroller.scrollHeight - scroller.clientHeight; at += by) {
      scroller.scrollTop = at;
      await nextFrame();
      const now = performance.now();
      frames.push(now - last);
      last = now;
      rows = Math.max(rows, document.querySelectorAll("[data-shot-id]").length);
      if (frames.length % 20 === 0) elements = Math.max(elements, document.getElementsByTagName("*").length);
    }
    // Long tasks are told a little later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { longTasks: window.probe.longTasks.slice(), frames, rows, elements };
  }, notch);
}

/** ms from what the user does, as the page hears it, to the next picture of the page; the median of many. */
export async function toPaint(page: Page, type: "keydown" | "click", acts: (() => Promise<void>)[]) {
  await page.evaluate((name) => {
    const all: number[] = [];
    Object.assign(window, { painted: all });
    addEventListener(
      name,
      (event) => {
        // The moment of the hand, not of the handler; after the frame's own work comes the paint.
        const start = event.timeStamp;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => all.push(performance.now() - start);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  }, type);
  for (const [index, act] of acts.entries()) {
    await act();
    await page.waitForFunction(
      (count) => (window as unknown as { painted: number[] }).painted.length >= count,
      index + 1,
      { polling: 20 },
    );
  }
  const all = await page.evaluate(() => (window as unknown as { painted: number[] }).painted);
  return { median: percentile(all, 0.5), worst: Math.max(...all) };
}

/** Bytes of the page's heap after all that can go is gone. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")!.value;
}
