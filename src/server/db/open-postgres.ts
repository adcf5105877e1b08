import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database, Db } from "./database";
import * as schema from "./schema";
import { SilenceWatch } from "./silence-watch";

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
  const options = { onnotice: () => {}, connect_timeout: 10 };
  // Not watched: it waits for as long as another process migrates.
  const one = postgres(url, { ...options, max: 1 });
  try {
    await one`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client: one, schema, casing: "snake_case" }), { migrationsFolder: migrations });
    await one`select pg_advisory_unlock(${MIGRATION_LOCK})`;
  } finally {
    await one.end({ timeout: 5 });
  }
  const client = postgres(url, { ...options, ...watched(silenceMs), max: 10 });
  const db = drizzle({ client, schema, casing: "snake_case" });
  return {
    driver: "postgres",
    db: db as unknown as Db,
    boss: { connectionString: url, silenceMs },
    listen: async (channel, onPayload) => {
      const { unlisten } = await client.listen(channel, onPayload);
      return unlisten;
    },
    notify: async (on, channel, payload) => {
      await on.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** postgres.js has no limit of its own for an answer: its sockets are made here, and watched. */
function watched(silenceMs: number) {
  const watch = new SilenceWatch(silenceMs);
  let turn = 0;
  return {
    // What a lost connection has locked is free again by then, though the server has not noticed.
    connection: { idle_in_transaction_session_timeout: silenceMs },
    socket: ({ host, port, path }: { host: string[]; port: number[]; path?: string | false }) => {
      const socket = watch.open();
      const at = turn % host.length;
      if (path) return socket.connect(path);
      // Several hosts take turns, until one lets us in.
      socket.once("error", () => (turn = at + 1));
      return socket.connect(port[at]!, host[at]!);
    },
  };
}
