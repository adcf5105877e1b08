/** Something to wait for. A ring that comes while nobody waits is kept: it ends the next wait at once. */
export class Bell {
  #isKept = false;
  readonly #waiters = new Set<() => void>();

  ring(): void {
    if (this.#waiters.size === 0) this.#isKept = true;
    for (const wake of this.#waiters) wake();
  }

  /** Waits for a ring, at most `ms`. True if it rang. Rejects with the signal's reason when aborted. */
  async wait(ms: number, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    if (this.#isKept) {
      this.#isKept = false;
      return true;
    }
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const wake = (): void => end(() => resolve(true));
      const abort = (): void => end(() => reject(signal?.reason));
      const timer = setTimeout(() => end(() => resolve(false)), Math.max(0, ms));
      this.#waiters.add(wake);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }
}
