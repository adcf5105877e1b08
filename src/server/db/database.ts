import type { PgDatabase, PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { Db as BossDatabase } from "pg-boss";
import type * as schema from "./schema";

type Schema = typeof schema;

/** The tables, through either driver. */
export type Db = PgDatabase<PgQueryResultHKT, Schema>;
/** A transaction. Inside one, only it may be used: on PGlite any other query waits for ever. */
export type Tx = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

/** An open database, PGlite or PostgreSQL. Made by `boot` and by tests only. */
export interface Database {
  readonly driver: "pglite" | "postgres";
  readonly db: Db;
  /** How pg-boss reaches the same database; on PostgreSQL, how long in ms an answer may take. */
  readonly boss: { db: BossDatabase; backend: "pglite" } | { connectionString: string; silenceMs: number };
  /**
   * Hears what other processes `notify`. On PGlite there are none, and nothing is ever heard.
   * Resolves once listening; the answer stops it. `onMissed`: heard again after a connection was lost, and what was
   * told meanwhile is unknown.
   */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onMissed?: () => void,
  ): Promise<() => Promise<void>>;
  /** Tells other processes, once `tx` commits. A hint, never the truth: payloads have at most 7,900 bytes. */
  notify(on: Db | Tx, channel: string, payload: string): Promise<void>;
  /** Keeps a copy of the database as it is at this moment, while queries wait; null where others see to that. */
  readonly backUp: (() => Promise<void>) | null;
  /** Writes everything to disk and closes. */
  close(): Promise<void>;
}

/** The rows of a raw statement: the drivers answer in two shapes. */
export function rowsOf<T>(result: unknown): T[] {
  return (Array.isArray(result) ? result : (result as { rows: T[] }).rows) as T[];
}
