import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { lanes } from "@/server/db/schema";
import type { LaneServer } from "./fleet";
import { adoptJobs } from "./recover-jobs";
import type { GenerationContext } from "./generation-context";

/**
 * A lane belongs to one process at a time: a lease in its row, by the database's clock, renewed while we live.
 * Two processes on one database therefore never feed the same GPU.
 */
export class LaneLease {
  readonly #ctx: Pick<GenerationContext, "database" | "queue" | "owner" | "timings">;
  readonly #server: LaneServer;
  #heldUntil = 0;
  #isHeld = false;
  #isOurs = true;

  constructor(ctx: Pick<GenerationContext, "database" | "queue" | "owner" | "timings">, server: LaneServer) {
    this.#ctx = ctx;
    this.#server = server;
  }

  /** False once another process was seen to hold it. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Takes or renews the lease; cheap while it is fresh. */
  async hold(): Promise<boolean> {
    const { database, owner, timings } = this.#ctx;
    const askedAt = performance.now();
    if (askedAt < this.#heldUntil) return true;
    const until = sql`now() + make_interval(secs => ${timings.leaseMs / 1000})`;
    const { url, name } = this.#server;
    await database.db.insert(lanes).values({ url, name }).onConflictDoNothing();
    const [row] = await database.db
      .update(lanes)
      .set({ leaseOwner: owner, leaseUntil: until, name })
      .where(
        and(
          eq(lanes.url, url),
          or(eq(lanes.leaseOwner, owner), isNull(lanes.leaseOwner), lt(lanes.leaseUntil, sql`now()`)),
        ),
      )
      .returning({ url: lanes.url });
    this.#isOurs = row !== undefined;
    if (row && !this.#isHeld) await adoptJobs(this.#ctx, url);
    this.#isHeld = this.#isOurs;
    // Renewed at a third of its length, so that a slow moment does not lose it.
    this.#heldUntil = row ? askedAt + timings.leaseMs / 3 : 0;
    return this.#isOurs;
  }

  async release(): Promise<void> {
    const { database, owner } = this.#ctx;
    await database.db
      .update(lanes)
      .set({ leaseOwner: null, leaseUntil: null })
      .where(and(eq(lanes.url, this.#server.url), eq(lanes.leaseOwner, owner)));
  }
}
