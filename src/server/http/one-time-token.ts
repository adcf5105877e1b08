import { randomBytes } from "node:crypto";
import { isSame } from "./is-same";

/** ms that it holds: what a start printed long ago may lie in somebody's log. */
const LIFE = 60 * 60_000;

/** A token that lets one browser in, once, within an hour: the start prints it as a part of an address. */
export class OneTimeToken {
  readonly value = randomBytes(24).toString("base64url");
  readonly #until: number;
  readonly #now: () => number;
  #isUsed = false;

  /** @param now ms, as `Date.now` gives them */
  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#until = now() + LIFE;
  }

  /** Whether this is the token; the first time that it is uses it up. */
  use(candidate: string): boolean {
    if (!isSame(candidate, this.value) || this.#isUsed || this.#now() >= this.#until) return false;
    this.#isUsed = true;
    return true;
  }
}
