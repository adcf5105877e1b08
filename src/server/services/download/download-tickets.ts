import { randomUUID } from "node:crypto";
import { notFound } from "@/lib/errors";
import type { DownloadInput } from "@/lib/schemas/download";

/** ms that an address of a download works. */
const LIFE = 10 * 60_000;
const MOST = 100;

/** What is to be downloaded under short addresses, for a while; of this process alone. */
export class DownloadTickets {
  readonly #tickets = new Map<string, { input: DownloadInput; until: number }>();

  /** The id under which it is fetched. */
  add(input: DownloadInput): string {
    const id = randomUUID();
    this.#tickets.set(id, { input, until: Date.now() + LIFE });
    for (const oldest of [...this.#tickets.keys()].slice(0, -MOST)) this.#tickets.delete(oldest);
    return id;
  }

  /** @throws ShotboardError for an address that never was, or is over */
  get(id: string): DownloadInput {
    const ticket = this.#tickets.get(id);
    if (!ticket || ticket.until < Date.now()) throw notFound("download", id, "downloadId");
    return ticket.input;
  }
}
