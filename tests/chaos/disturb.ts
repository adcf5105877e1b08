import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { between, type Random } from "./random";

/** Something that goes on happening until it is stopped. */
export interface Disturbance {
  readonly count: number;
  /** Resolves once the last one is over. */
  stop(): Promise<void>;
}

/** Waits between what happens, in ms, and how often it does at most. */
export interface Pace {
  waits: readonly [least: number, most: number];
  times: number;
}

/**
 * Does something every 5–10 s (or as told), the first time after such a wait.
 * @param ready resolves when it may be done again, however long that takes
 */
export function disturb(
  random: Random,
  work: () => Promise<void>,
  { waits: [least, most], times }: Pace = { waits: [5_000, 10_000], times: Infinity },
  ready: () => Promise<void> = async () => {},
): Disturbance {
  const stopping = new AbortController();
  const stopped = once(stopping.signal, "abort");
  let count = 0;
  const run = async () => {
    while (!stopping.signal.aborted && count < times) {
      await wait(between(random, least, most), null, { signal: stopping.signal }).catch(() => {});
      await Promise.race([ready(), stopped]);
      if (stopping.signal.aborted) return;
      await work();
      count += 1;
    }
  };
  const running = run();
  return {
    get count() {
      return count;
    },
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
