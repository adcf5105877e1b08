import type { DownloadInput } from "@/lib/schemas/download";

/** ms that a prepared download can be fetched. */
const LIFE = 10 * 60_000;
/** So many are kept; a further one takes the place of the oldest. */
const MOST = 100;

/**
 * What was asked for under the addresses that browsers fetch big ZIPs from: a link holds no list of ten thousand
 * shots. They are lost with the process, and asked for again.
 */
export class PreparedDownloads {
  readonly #kept = new Map<string, { input: DownloadInput; until: number }>();

  keep(id: string, input: DownloadInput): void {
    const now = Date.now();
    for (const [old, { until }] of this.#kept) if (until <= now) this.#kept.delete(old);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= MOST) this.#kept.delete(oldest);
    this.#kept.set(id, { input, until: now + LIFE });
  }

  /** What was asked for, as often as it is fetched; null where it is over or there was none. */
  find(id: string): DownloadInput | null {
    const found = this.#kept.get(id);
    return found && found.until > Date.now() ? found.input : null;
  }
}
