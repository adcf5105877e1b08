import type { Page } from "playwright-core";
import type { SentStep } from "./comfyui";

/** A sampling step as it stood on the screen. */
export interface PaintedStep {
  sentenceId: string;
  value: number;
  /** Milliseconds of the epoch, with fractions. */
  at: number;
}

/** Newer than every step: decoding, storing, the picture itself. */
const AFTER = 1_000;

/** Notes each sampling step when the page has painted it. */
export async function watchSteps(page: Page): Promise<() => Promise<PaintedStep[]>> {
  await page.evaluate((after) => {
    const steps: PaintedStep[] = [];
    const shown = new Map<string, number>();
    Object.assign(window, { steps });
    const look = () => {
      for (const shot of document.querySelectorAll<HTMLElement>("[data-shot-id]")) {
        const id = shot.dataset["shotId"]!;
        const known = shown.get(id);
        const step = /sampling (\d+)\//.exec(shot.textContent ?? "")?.[1];
        // What follows the last step is newer than all of them.
        const value = step === undefined ? (known === undefined ? 0 : after) : Number(step);
        if (value === 0 || known === value) continue;
        shown.set(id, value);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () =>
            steps.push({ sentenceId: id, value, at: performance.timeOrigin + performance.now() });
          port2.postMessage(null);
        });
      }
    };
    const main = document.querySelector("main")!;
    new MutationObserver(look).observe(main, { subtree: true, childList: true, characterData: true });
  }, AFTER);
  return () => page.evaluate(() => (window as unknown as { steps: PaintedStep[] }).steps);
}

/** ms from each step that was sent to when it, or something newer, was painted. */
export function stepLatencies(sent: readonly SentStep[], painted: readonly PaintedStep[]): number[] {
  // Prompts run one after another, so the n-th prompt that was sent is the n-th shot that was seen.
  const prompts = [...new Set(sent.map((one) => one.promptId))];
  const shots = [...new Set(painted.map((one) => one.sentenceId))];
  return sent.map(({ promptId, value, at }) => {
    const turn = prompts.indexOf(promptId);
    const first = painted.find(
      (one) => shots.indexOf(one.sentenceId) > turn || (one.sentenceId === shots[turn] && one.value >= value),
    );
    if (!first) throw new Error(`The page never showed step ${value} of prompt ${turn + 1}.`);
    return first.at - at;
  });
}
