import type { NodeInfo } from "@/server/workflow/node-info";

interface Entry {
  askedAt: number;
  answer: Promise<NodeInfo | null>;
}

/** Remembers answers for a while, and asks once where several ask at the same time. A failure is not remembered. */
export class NodeInfoCache {
  readonly #ask: (classType: string) => Promise<NodeInfo | null>;
  readonly #ttlMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(ask: (classType: string) => Promise<NodeInfo | null>, ttlMs: number) {
    this.#ask = ask;
    this.#ttlMs = ttlMs;
  }

  /** The answer for a class. An abort ends the waiting only: others may wait for the same answer. */
  async get(classType: string, signal?: AbortSignal): Promise<NodeInfo | null> {
    signal?.throwIfAborted();
    const known = this.#entries.get(classType);
    const entry = known && Date.now() - known.askedAt < this.#ttlMs ? known : this.#askAnew(classType);
    return signal ? untilAborted(entry.answer, signal) : entry.answer;
  }

  forget(): void {
    this.#entries.clear();
  }

  #askAnew(classType: string): Entry {
    const answer = this.#ask(classType);
    const entry = { askedAt: Date.now(), answer };
    this.#entries.set(classType, entry);
    answer.catch(() => {
      if (this.#entries.get(classType) === entry) this.#entries.delete(classType);
    });
    return entry;
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
