import { availableParallelism } from "node:os";

/** Nobody waits any more for what was asked for. */
export class NoLongerWantedError extends Error {
  constructor() {
    super("Nobody waits for this thumbnail any more.");
  }
}

interface Waiting {
  isWanted: (() => boolean)[];
  work: () => Promise<string>;
  promise: Promise<string>;
  resolve: (path: string) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes thumbnails, each once, as many at a time as there are processors unless told. What was asked for last comes first: that
 * is what is on the screen, while what was scrolled past waits for nobody.
 */
export class ThumbnailQueue {
  readonly #most: number;
  readonly #making = new Map<string, Promise<string>>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(most = availableParallelism()) {
    this.#most = most;
  }

  /** @throws NoLongerWantedError where nobody wants it any more when its turn comes */
  make(path: string, isWanted: () => boolean, work: () => Promise<string>): Promise<string> {
    const making = this.#making.get(path);
    if (making) return making;
    const known = this.#waiting.get(path);
    const entry: Waiting = known ?? { isWanted: [], work, ...Promise.withResolvers<string>() };
    entry.isWanted.push(isWanted);
    this.#waiting.delete(path);
    this.#waiting.set(path, entry);
    this.#next();
    return entry.promise;
  }

  #next(): void {
    while (this.#making.size < this.#most) {
      const last = [...this.#waiting].at(-1);
      if (!last) return;
      const [path, entry] = last;
      this.#waiting.delete(path);
      if (!entry.isWanted.some((is) => is())) {
        entry.reject(new NoLongerWantedError());
        continue;
      }
      const made = entry.work();
      this.#making.set(path, entry.promise);
      made.then(entry.resolve, entry.reject).finally(() => {
        this.#making.delete(path);
        this.#next();
      });
    }
  }
}
