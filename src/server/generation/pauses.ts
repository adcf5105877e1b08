import { eq } from "drizzle-orm";
import { z } from "zod";
import { pauseSchema, type Pause } from "@/lib/schemas/queue";
import type { Database } from "@/server/db/database";
import { lanes, settings } from "@/server/db/schema";

const KEY = "queue.isPaused";
// Up to version 0.3 only whether, not by whom.
const stored = z.union([z.boolean(), pauseSchema]);

/** Who paused the queue or one of its lanes, kept over restarts and shared by all processes on a database. */
export class Pauses {
  readonly #database: Database;
  #queue: Pause | null = null;
  #lanes = new Map<string, Pause>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of the whole queue. */
  get queue(): Pause | null {
    return this.#queue;
  }

  /** Of one lane by itself. */
  ofLane(url: string): Pause | null {
    return this.#lanes.get(url) ?? null;
  }

  async read(): Promise<void> {
    const { db } = this.#database;
    const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
    const value = row ? stored.parse(row.value) : false;
    this.#queue = value === true ? { by: "user", reason: null, at: null } : value || null;
    const paused = await db.select().from(lanes).where(eq(lanes.isPaused, true));
    this.#lanes = new Map(
      paused.map(({ url, pausedBy, reason, pausedAt }) => [
        url,
        { by: pausedBy ?? "user", reason, at: pausedAt?.toISOString() ?? null },
      ]),
    );
  }

  /** @param pause null to resume */
  async setQueue(pause: Pause | null): Promise<void> {
    const value = pause ?? false;
    await this.#database.db
      .insert(settings)
      .values({ key: KEY, value })
      .onConflictDoUpdate({ target: settings.key, set: { value } });
    await this.read();
  }

  /**
   * @param pause null to resume
   * @param name of a lane that never worked and has no row yet
   */
  async setLane(url: string, name: string, pause: Pause | null): Promise<void> {
    const set = {
      isPaused: pause !== null,
      pausedBy: pause?.by ?? null,
      reason: pause?.reason ?? null,
      pausedAt: pause?.at ? new Date(pause.at) : null,
    };
    await this.#database.db
      .insert(lanes)
      .values({ url, name, ...set })
      .onConflictDoUpdate({ target: lanes.url, set });
    await this.read();
  }
}
