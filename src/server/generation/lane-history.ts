import { and, desc, eq, lt } from "drizzle-orm";
import type { LaneState } from "@/lib/schemas/queue";
import { newId } from "@/server/db/new-id";
import { laneEvents } from "@/server/db/schema";
import type { GenerationContext } from "./generation-context";

/** Entries that are kept of each lane. */
const KEPT = 200;

/** What happened to a lane, for whoever looks the next morning: each change of its state but the turns of its work. */
export class LaneHistory {
  readonly #ctx: Pick<GenerationContext, "database" | "log">;
  readonly #url: string;
  #last: string | null = null;
  /** One after the other, in the order in which they happened. */
  #writing: Promise<void> = Promise.resolve();

  constructor(ctx: Pick<GenerationContext, "database" | "log">, url: string) {
    this.#ctx = ctx;
    this.#url = url;
  }

  /** Notes a state, where it is not the one before; being busy is being ready. */
  note(state: LaneState, message: string | null): void {
    const entry = { state: state === "busy" ? ("ready" as const) : state, message };
    const key = JSON.stringify(entry);
    if (key === this.#last) return;
    this.#last = key;
    const { log } = this.#ctx;
    log.info("A lane's state changed", { lane: this.#url, state: entry.state, reason: message });
    this.#writing = this.#writing
      .then(() => this.#write(entry))
      .catch((error: unknown) =>
        log.warn("A lane's history could not be written", { lane: this.#url, error }),
      );
  }

  /** Resolves once all is written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(entry: { state: LaneState; message: string | null }): Promise<void> {
    const { db } = this.#ctx.database;
    const url = this.#url;
    await db.insert(laneEvents).values({ id: newId(), url, ...entry });
    const [oldest] = await db
      .select({ at: laneEvents.at })
      .from(laneEvents)
      .where(eq(laneEvents.url, url))
      .orderBy(desc(laneEvents.at))
      .offset(KEPT)
      .limit(1);
    if (oldest) await db.delete(laneEvents).where(and(eq(laneEvents.url, url), lt(laneEvents.at, oldest.at)));
  }
}
