import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { isDatabaseAway } from "@/lib/database-away";
import type { Log } from "@/lib/log";
import { rowsOf, type Database, type Tx } from "@/server/db/database";

/** The queue of jobs that run on a default graph: a model id nobody may take. */
export const DEFAULT_QUEUE = "default";

const PREFIX = "image/generate/";
const WAKE_CHANNEL = "shotboard_wake";

/** High enough that redelivery never ends a job: only our own rules do. */
const NEVER = 1_000_000_000;
/** Below and above every rank. */
const LAST = -2_147_483_648;
const FIRST = 2_147_483_647;
const YEAR = 365 * 24 * 3600;

/**
 * One job's ticket: the event of the first story (`image/generate`). Its prompt is for information; all values
 * are resolved when the job starts.
 */
export interface GenerateEvent {
  /** A test belongs to no sentence. */
  sentenceId?: string;
  projectId?: string;
  prompt: string;
  modelId?: string;
  styleId?: string;
  style?: string;
  characterRefs?: string[];
  useImageToImage?: boolean;
  seed?: number;
  steps?: number;
  cfg?: number;
}

export interface Ticket {
  id: string;
  queue: string;
  event: GenerateEvent;
  rank: number;
}

export interface WaitingQueue {
  queue: string;
  /** The highest rank that waits in it. */
  rank: number;
  /** ms since 1970 of the oldest ticket. */
  since: number;
}

/** The caller's transaction, as pg-boss takes it. */
const within = (tx: Tx) => fromDrizzle(tx as unknown as Parameters<typeof fromDrizzle>[0], sql);

/** What pg-boss connects with, and what `pg` takes beyond that: it has no limit of its own for an answer either. */
const connectionOf = (boss: Database["boss"]) =>
  "db" in boss
    ? boss
    : {
        connectionString: boss.connectionString,
        max: 4,
        query_timeout: boss.silenceMs,
        idle_in_transaction_session_timeout: boss.silenceMs,
        keepAlive: true,
      };

/** pg-boss: who may run what. One queue for each model, so that a lane can stay with the model it has loaded. */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #known = new Set<string>();
  readonly #wakers = new Set<() => void>();
  #unlisten: (() => Promise<void>) | null = null;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#boss = new PgBoss({
      ...connectionOf(database.boss),
      superviseIntervalSeconds: 2,
      monitorIntervalSeconds: 2,
      schedule: false,
    });
    this.#boss.on("error", (error) => {
      // It looks every two seconds, and goes on by itself.
      if (isDatabaseAway(error)) log.warn("pg-boss does not reach the database", { error });
      else log.error("pg-boss reported an error", { error });
    });
  }

  async start(): Promise<void> {
    await this.#boss.start();
    this.#unlisten = await this.#database.listen(WAKE_CHANNEL, () => this.wake());
  }

  async stop(): Promise<void> {
    await this.#unlisten?.();
    await this.#boss.stop({ graceful: false });
  }

  /** Makes the queue if it is new. Never inside a transaction. */
  async ensure(queue: string): Promise<void> {
    if (this.#known.has(queue)) return;
    const name = PREFIX + queue;
    if (!(await this.#boss.getQueue(name)))
      await this.#boss.createQueue(name, {
        heartbeatSeconds: 10,
        expireInSeconds: 86_400,
        retryLimit: NEVER,
        retryDelay: 0,
        retentionSeconds: YEAR,
        deleteAfterSeconds: 3600,
      });
    this.#known.add(queue);
  }

  /** Enqueues within the caller's transaction. The queues must exist. */
  async enqueue(tx: Tx, tickets: readonly Ticket[]): Promise<void> {
    for (const [queue, some] of Map.groupBy(tickets, (one) => one.queue))
      await this.#boss.insert(
        PREFIX + queue,
        some.map(({ id, event, rank }) => ({ id, data: event, priority: rank })),
        { db: within(tx) },
      );
    await this.#database.notify(tx, WAKE_CHANNEL, "");
  }

  /** Takes the next ticket of a queue, or null. It is ours until completed, released, or silent for 10 s. */
  async fetch(queue: string): Promise<string | null> {
    await this.ensure(queue);
    const [job] = await this.#boss.fetch(PREFIX + queue);
    return job?.id ?? null;
  }

  /** Says that these are still being worked on. */
  async touch(queue: string, ids: string[]): Promise<void> {
    await this.#boss.touch(PREFIX + queue, ids);
  }

  async complete(tx: Tx, queue: string, id: string): Promise<void> {
    await this.#boss.complete(PREFIX + queue, id, null, { db: within(tx) });
  }

  /** Ends waiting tickets within the caller's transaction. */
  async cancel(tx: Tx, queue: string, ids: string[]): Promise<void> {
    await this.#boss.cancel(PREFIX + queue, ids, { db: within(tx) });
  }

  /**
   * Gives a ticket back: it is delivered again, here or elsewhere.
   * @param isLast whether after all others
   * @param isFirst whether before all others
   */
  async release(tx: Tx, queue: string, id: string, { isLast = false, isFirst = false } = {}): Promise<void> {
    await this.#boss.fail(PREFIX + queue, id, null, { db: within(tx) });
    if (isLast || isFirst)
      await tx.execute(sql`
        update pgboss.job set priority = ${isLast ? LAST : FIRST}
        where name = ${PREFIX + queue} and id = ${id}::uuid`);
  }

  /** Gives waiting tickets other ranks, within the caller's transaction. */
  async rerank(tx: Tx, ranks: readonly { id: string; rank: number }[]): Promise<void> {
    await tx.execute(sql`
      update pgboss.job as b set priority = r.rank
      from jsonb_to_recordset(${JSON.stringify(ranks)}::text::jsonb) as r(id uuid, rank int)
      where b.id = r.id and b.name like ${`${PREFIX}%`} and b.state < 'active'`);
    await this.#database.notify(tx, WAKE_CHANNEL, "");
  }

  /** The queues in which tickets wait. */
  async waiting(): Promise<WaitingQueue[]> {
    const result = await this.#database.db.execute(sql`
      select name, max(priority)::int as rank, (extract(epoch from min(created_on)) * 1000)::float8 as since
      from pgboss.job where state < 'active' and start_after <= now() and name like ${`${PREFIX}%`} group by name`);
    return rowsOf<{ name: string; rank: number; since: number }>(result).map(({ name, rank, since }) => ({
      queue: name.slice(PREFIX.length),
      rank: Number(rank),
      since: Number(since),
    }));
  }

  /** Ids and queues of tickets that somebody has taken: at a start with the database to ourselves, orphans. */
  async taken(): Promise<{ id: string; queue: string }[]> {
    const result = await this.#database.db.execute(
      sql`select id::text as id, name from pgboss.job where state = 'active' and name like ${`${PREFIX}%`}`,
    );
    return rowsOf<{ id: string; name: string }>(result).map(({ id, name }) => ({
      id,
      queue: name.slice(PREFIX.length),
    }));
  }

  /** Calls back when there may be work, until the answer is called. */
  onWake(waker: () => void): () => void {
    this.#wakers.add(waker);
    return () => this.#wakers.delete(waker);
  }

  /** After a commit: lanes of this process look, once what is being answered has been answered. */
  wake(): void {
    setImmediate(() => {
      for (const waker of this.#wakers) waker();
    });
  }
}
