/** ms between two values of one key. */
const INTERVAL = 50;

interface Entry<T> {
  newest: { value: T; send: (value: T) => void } | null;
  timer: NodeJS.Timeout;
}

/** Lets the first value of a key through at once and further ones at most every 50 ms: the newest wins. */
export class Throttle<T> {
  readonly #entries = new Map<string, Entry<T>>();

  offer(key: string, value: T, send: (value: T) => void): void {
    const entry = this.#entries.get(key);
    if (entry) entry.newest = { value, send };
    else {
      send(value);
      this.#entries.set(key, { newest: null, timer: this.#arm(key) });
    }
  }

  /** Drops waiting values that are out of date. */
  forgetWhere(isOutdated: (value: T) => boolean): void {
    for (const entry of this.#entries.values())
      if (entry.newest && isOutdated(entry.newest.value)) entry.newest = null;
  }

  close(): void {
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
    this.#entries.clear();
  }

  #arm(key: string): NodeJS.Timeout {
    return setTimeout(() => {
      const entry = this.#entries.get(key);
      if (!entry?.newest) {
        this.#entries.delete(key);
        return;
      }
      const { value, send } = entry.newest;
      entry.newest = null;
      entry.timer = this.#arm(key);
      send(value);
    }, INTERVAL);
  }
}
