import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database, Db } from "./database";
import * as schema from "./schema";

/** Any number: whoever migrates this database takes the same one. */
const MIGRATION_LOCK = 7_305_812_204;

/** Connects to PostgreSQL and brings its tables up to date; several processes at once take turns. */
export async function openPostgres({
  url,
  migrations,
}: {
  url: string;
  migrations: string;
}): Promise<Database> {
  const options = { onnotice: () => {}, connect_timeout: 10 };
  const one = postgres(url, { ...options, max: 1 });
  try {
    await one`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client: one, schema, casing: "snake_case" }), { migrationsFolder: migrations });
    await one`select pg_advisory_unlock(${MIGRATION_LOCK})`;
  } finally {
    await one.end({ timeout: 5 });
  }
  const client = postgres(url, { ...options, max: 10 });
  const db = drizzle({ client, schema, casing: "snake_case" });
  return {
    driver: "postgres",
    db: db as unknown as Db,
    boss: { connectionString: url },
    listen: async (channel, onPayload) => {
      const { unlisten } = await client.listen(channel, onPayload);
      return unlisten;
    },
    notify: async (on, channel, payload) => {
      await on.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
    backUp: null,
    close: () => client.end({ timeout: 5 }),
  };
}
