import { isIPv6 } from "node:net";
import { ShotboardError } from "@/lib/errors";

/** Wrong tokens that one address may show within the time below. */
export const GUESSES = 10;
/** ms */
const WINDOW = 60_000;
/** Addresses that are remembered; a further one takes the place of the oldest. */
const MOST = 10_000;

/** Counts wrong tokens by remote address, so that nobody can try many. */
export class Guesses {
  readonly #counts = new Map<string, { wrong: number; until: number }>();
  readonly #now: () => number;

  /** @param now ms, as `Date.now` gives them */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Why this address has to wait before a token of it is looked at again, or null where it has not. */
  refusalOf(address: string | undefined): ShotboardError | null {
    const found = this.#counts.get(networkOf(address));
    const left = found ? found.until - this.#now() : 0;
    if (!found || left <= 0 || found.wrong < GUESSES) return null;
    const seconds = Math.ceil(left / 1_000);
    return new ShotboardError("TOO_MANY_REQUESTS", "Too many wrong tokens came from your address.", {
      reason: "too_many_guesses",
      remedy: `Wait ${seconds} s, then send the right one. Browsers that are let in already are not held up.`,
      retryAfter: seconds,
    });
  }

  note(address: string | undefined): void {
    const key = networkOf(address);
    const now = this.#now();
    const found = this.#counts.get(key);
    if (found && found.until > now) {
      found.wrong += 1;
      return;
    }
    this.#counts.delete(key);
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined && this.#counts.size >= MOST) this.#counts.delete(oldest);
    this.#counts.set(key, { wrong: 1, until: now + WINDOW });
  }
}

/** What counts as one guesser: an IPv4 address, or the /64 that an IPv6 one is in, all of which one machine may use. */
function networkOf(address = ""): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split("%")[0]!;
  if (!isIPv6(bare)) return address;
  const [head = "", tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(8 - front.length - back.length).fill("0");
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}
