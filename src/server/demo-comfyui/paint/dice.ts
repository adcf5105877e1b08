import { createHash } from "node:crypto";

/** Random numbers that are the same for the same text, on every machine. */
export class Dice {
  readonly #key: string;
  #state: number;

  constructor(key: string) {
    this.#key = key;
    this.#state = createHash("sha256").update(key).digest().readUInt32LE(0);
  }

  /** Dice of their own for one part of a picture: what other parts throw does not change them. */
  fork(part: string): Dice {
    return new Dice(`${this.#key}/${part}`);
  }

  /** At least 0, below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  range(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return Math.floor(this.range(from, to + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }
}
