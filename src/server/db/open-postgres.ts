import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database, Db } from "./database";
import { PostgresPool } from "./postgres-pool";
import * as schema from "./schema";

/** Any number: whoever migrates this database takes the same one. */
const MIGRATION_LOCK = 7_305_812_204;
/** How long an answer may take before its connection counts as dead, in ms. */
const SILENCE_MAX = 30_000;

/**
 * Connects to PostgreSQL and brings its tables up to date; several processes at once take turns.
 * @param silenceMs how long an answer may take before its connection counts as dead
 */
export async function openPostgres({
  url,
  migrations,
  silenceMs = SILENCE_MAX,
}: {
  url: string;
  migrations: string;
  silenceMs?: number;
}): Promise<Database> {
  const options = { onnotice: () => {}, connect_timeout: 10, fetch_types: false };
  // Not watched: it waits for as long as another process migrates.
  const one = postgres(url, { ...options, max: 1 });
  try {
    await one`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client: one, schema, casing: "snake_case" }), { migrationsFolder: migrations });
    await one`select pg_advisory_unlock(${MIGRATION_LOCK})`;
  } finally {
    await one.end({ timeout: 5 });
  }
  const pool = new PostgresPool(url, { ...options, max: 10 }, silenceMs);
  return {
    driver: "postgres",
    db: pool.db as unknown as Db,
    boss: { connectionString: url, silenceMs },
    listen: (channel, onPayload, onMissed) => pool.listen(channel, onPayload, onMissed),
    notify: async (on, channel, payload) => {
      await on.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
    backUp: null,
    close: () => pool.close(),
  };
}
