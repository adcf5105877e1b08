import type { Timings } from "./timings";

/** The longest silences, in ms, of prompts that came to their end well, by what they did meanwhile. */
export interface Quiet {
  loading?: number;
  sampling?: number;
}

type StallTimings = Pick<
  Timings,
  "stallSamplingMs" | "stallLoadingMs" | "stallDeafMs" | "stallSamplingMinMs" | "stallLoadingMinMs"
>;

/** How many times the longest silence that was seen a new one may last. */
const FACTOR = 6;
/** However long a silence was seen, the limit is at least so many times it. */
const LEAST_FACTOR = 2;

/**
 * How long a server may be silent about a running prompt: learned from how long it was silent about prompts that came
 * to their end well, so that a fast machine's hang is noticed in minutes and a slow machine's step is waited for.
 */
export class StallLimits {
  readonly #timings: StallTimings;
  readonly #onQuiet: (longest: Quiet) => void;
  #longest: Quiet = {};

  /** @param onQuiet called with all that is known when a longer silence than ever was seen */
  constructor(timings: StallTimings, onQuiet: (longest: Quiet) => void = () => {}) {
    this.#timings = timings;
    this.#onQuiet = onQuiet;
  }

  /** Takes over what was learned before, as by an earlier process; silences only grow. */
  remember(quiet: Quiet): void {
    this.#longest = longer(this.#longest, quiet);
  }

  /**
   * Takes in the longest silences of a prompt that came to its end well.
   * @param stalls as its `limit` was asked with: what is longer than that was no silence of the server's, but this
   * machine slept
   */
  learn(quiet: Quiet, stalls: number): void {
    const isHeard = (phase: "loading" | "sampling") =>
      quiet[phase] !== undefined && quiet[phase] <= this.limit(phase, stalls);
    const grown = longer(this.#longest, {
      ...(isHeard("loading") && { loading: quiet.loading }),
      ...(isHeard("sampling") && { sampling: quiet.sampling }),
    });
    if (grown.loading === this.#longest.loading && grown.sampling === this.#longest.sampling) return;
    this.#longest = grown;
    this.#onQuiet(grown);
  }

  /**
   * The longest silence in ms that is no stall yet.
   * @param phase `deaf` where the socket cannot tell: silence then says little
   * @param stalls how many attempts at the picture were given up before: each next one is given twice the time, and
   * no less than where nothing is known, so that the machine's slowest model comes through too
   */
  limit(phase: "loading" | "sampling" | "deaf", stalls: number): number {
    const usual = this.#usual(phase);
    const learned = phase === "deaf" ? usual : this.#learned(phase, usual);
    return stalls === 0 ? learned : Math.max(learned, usual) * 2 ** stalls;
  }

  /** The limit of a server of which nothing is known. */
  #usual(phase: "loading" | "sampling" | "deaf"): number {
    const { stallDeafMs, stallLoadingMs, stallSamplingMs } = this.#timings;
    return { deaf: stallDeafMs, loading: stallLoadingMs, sampling: stallSamplingMs }[phase];
  }

  #learned(phase: "loading" | "sampling", usual: number): number {
    const seen = this.#longest[phase];
    if (seen === undefined) return usual;
    const { stallDeafMs, stallLoadingMinMs, stallSamplingMinMs } = this.#timings;
    const least = phase === "loading" ? stallLoadingMinMs : stallSamplingMinMs;
    const most = Math.max(stallDeafMs, LEAST_FACTOR * seen);
    return Math.min(most, Math.max(least, FACTOR * seen));
  }
}

/** The longer silence of each kind. */
export function longer(one: Quiet, other: Quiet): Quiet {
  const loading = max(one.loading, other.loading);
  const sampling = max(one.sampling, other.sampling);
  return { ...(loading !== undefined && { loading }), ...(sampling !== undefined && { sampling }) };
}

const max = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
