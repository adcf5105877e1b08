import { sql } from "drizzle-orm";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isDatabaseAway } from "@/lib/database-away";
import { rowsOf, type Database } from "@/server/db/database";
import { openPostgres } from "@/server/db/open-postgres";
import { createPostgresDatabase, root } from "../../support/test-database";
import { startWire, type Wire } from "../../support/wire";

let database: Database;
/** Another process' view of the same tables. */
let other: Database;
let wire: Wire;
let drop: () => Promise<void>;

beforeEach(async () => {
  const made = await createPostgresDatabase();
  drop = made.drop;
  wire = await startWire(made.url);
  const through = new URL(made.url);
  through.port = new URL(wire.url).port;
  const migrations = join(root, "src", "server", "db", "migrations");
  database = await openPostgres({ url: through.href, migrations });
  other = await openPostgres({ url: made.url, migrations });
});
afterEach(async () => {
  await database.close();
  await other.close();
  await wire[Symbol.asyncDispose]();
  await drop();
});

const keysOf = async () =>
  rowsOf<{ key: string }>(await other.db.execute(sql`select key from settings where key like 'lost %'`)).map(
    ({ key }) => key,
  );
const write = (on: Pick<Database["db"], "execute">, key: string) =>
  on.execute(sql`insert into settings (key, value) values (${`lost ${key}`}, '1')`);
const isRunning = (what: string) => async () =>
  rowsOf(
    await other.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and state = 'active' and query like ${what} and pid <> pg_backend_pid()`,
    ),
  ).length > 0;

describe("a connection that is lost", () => {
  test("in the middle of a transaction rejects it, and ends nothing else", async () => {
    const broken = database.db.transaction(async (tx) => {
      await write(tx, "sleeping");
      await tx.execute(sql`select pg_sleep(30)`);
    });
    broken.catch(() => {});
    await vi.waitUntil(isRunning("select pg_sleep%"), { timeout: 10_000 });
    wire.cut();
    const error: unknown = await broken.catch((e: unknown) => e);
    expect(isDatabaseAway(error)).toBe(true);
    await write(database.db, "after");
    expect(await keysOf()).toEqual(["lost after"]);
  });

  test("between two statements of a transaction takes the later ones with it: none enters another", async () => {
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const late: unknown[] = [];
    const broken = database.db.transaction(async (tx) => {
      await write(tx, "before");
      inside.resolve();
      await goOn.promise;
      await write(tx, "late").catch((error: unknown) => late.push(error));
      throw new Error("It ended of its own.");
    });
    broken.catch(() => {});
    await inside.promise;
    wire.cut();
    await expect(broken).rejects.toThrow();
    await database.db.transaction(async (tx) => {
      await write(tx, "another");
      goOn.resolve();
      await tx.execute(sql`select pg_sleep(0.3)`);
    });
    expect(late).toHaveLength(1);
    expect(await keysOf()).toEqual(["lost another"]);
  });

  test("again and again, among many transactions, ends nothing and leaves none that never opens again", async () => {
    const ask = () =>
      database.db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await tx.execute(sql`select pg_sleep(0.005)`);
      });
    // Each asks again as soon as it is refused, as whoever tries again does.
    const insist = (): Promise<void> => ask().catch(insist);
    for (let round = 0; round < 20; round += 1) {
      const asked = Array.from({ length: 30 }, insist);
      await Promise.race(asked);
      wire.cut();
      await Promise.all(asked);
    }
    const began = performance.now();
    await Promise.all(Array.from({ length: 30 }, ask));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
