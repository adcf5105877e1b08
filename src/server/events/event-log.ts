import type { ProjectEvent } from "@/lib/schemas/events";

export interface LoggedEvent {
  seq: number;
  event: ProjectEvent;
}

/** Events of one project that are kept for clients that come back. */
const KEPT = 1_000;

/** The newest events of one project, and those who listen to it now. */
export class EventLog {
  readonly #events: LoggedEvent[] = [];
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  /** Everything up to this number may be missing here. */
  #missingUpTo: number;

  constructor(seq: number) {
    this.#missingUpTo = seq;
  }

  get isFollowed(): boolean {
    return this.#listeners.size > 0;
  }

  append(event: LoggedEvent): void {
    this.#events.push(event);
    if (this.#events.length > KEPT * 2) this.#missingUpTo = this.#events.splice(0, KEPT).at(-1)!.seq;
    for (const listener of this.#listeners) listener(event);
  }

  /** The events after `seq`, or null where some of them are no longer known. */
  after(seq: number): LoggedEvent[] | null {
    if (seq < this.#missingUpTo) return null;
    return this.#events.filter((one) => one.seq > seq);
  }

  /** Calls back for each new event until the answer is called. */
  listen(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
