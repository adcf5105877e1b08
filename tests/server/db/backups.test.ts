import { cp, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Log } from "@/lib/log";
import { BackupFolder } from "@/server/db/backup-folder";
import { rowsOf, type Database } from "@/server/db/database";
import { refuseWithoutRoom } from "@/server/db/keep-room";
import { openPglite } from "@/server/db/open-pglite";
import { restoreBackup } from "@/server/db/restore-backup";
import { settings } from "@/server/db/schema";
import { root } from "../../support/test-database";

const migrations = join(root, "src", "server", "db", "migrations");
const isPglite = process.env["TEST_DATABASE"] !== "postgres";

let made: string;
let dataDir: string;
let warned: string[];
let backups: BackupFolder;
const log: Log = { debug: () => {}, info: () => {}, error: () => {}, warn: (text) => void warned.push(text) };
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "shotboard-backups-"));
  warned = [];
  backups = new BackupFolder(join(dataDir, "backups"), log);
  // Making one takes seconds: it is made once.
  if (made === undefined) {
    made = await mkdtemp(join(tmpdir(), "shotboard-made-"));
    await (await openPglite({ folder: made, migrations })).close();
  }
  await cp(made, folder(), { recursive: true });
});
afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

const folder = () => join(dataDir, "pglite");
const open = () => openPglite({ folder: folder(), migrations, backups });
const put = (database: Database, key: string) => database.db.insert(settings).values({ key, value: true });
const keysOf = async (database: Database) =>
  (await database.db.select({ key: settings.key }).from(settings)).map(({ key }) => key).toSorted();
const names = () => readdir(join(dataDir, "backups"));
/** Makes the newest backup look older. */
async function age(hours: number): Promise<void> {
  const [newest] = await backups.list();
  const at = new Date(newest!.at.getTime() - hours * 3_600_000).toISOString().replaceAll(":", "-");
  await rename(join(dataDir, "backups", newest!.name), join(dataDir, "backups", at));
}
const use = async (work: (database: Database) => Promise<unknown>) => {
  const database = await open();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

if (isPglite)
  describe("a backup of PGlite's folder", { timeout: 120_000 }, () => {
    test("is made of what a start could open, not again within an hour, and two are kept", async () => {
      await use((database) => put(database, "one"));
      expect(await backups.list()).toHaveLength(1);
      await use((database) => put(database, "two"));
      expect(await backups.list()).toHaveLength(1);
      await age(3);
      await use(keysOf);
      await age(1.5);
      await use(keysOf);
      const [newest, oldest, ...more] = await backups.list();
      expect(more).toEqual([]);
      expect(newest!.at.getTime()).toBeGreaterThan(oldest!.at.getTime());
      expect(newest!.bytes).toBeGreaterThan(10_000_000);
      expect(await names()).toEqual([oldest!.name, newest!.name]);
      expect(warned).toEqual([]);
    });

    test("while it runs holds all that was committed before, and nothing torn of what was written meanwhile", async () => {
      const database = await open();
      for (let n = 0; n < 50; n += 1) await put(database, `before-${n}`);
      let isDone = false;
      const writing = (async () => {
        for (let n = 0; !isDone; n += 1) {
          await put(database, `during-${String(n).padStart(6, "0")}`);
          // PGlite alone never lets anything else run.
          await setImmediate();
        }
      })();
      await database.backUp!();
      isDone = true;
      await writing;
      await database.close();
      const [newest] = await backups.list();
      await restoreBackup(folder(), join(dataDir, "backups", newest!.name));
      const keys = (await use(keysOf)) as string[];
      expect(keys.filter((key) => key.startsWith("before-"))).toHaveLength(50);
      const during = keys.filter((key) => key.startsWith("during-"));
      expect(during).toEqual(during.map((_, n) => `during-${String(n).padStart(6, "0")}`));
    });

    test("is put back beside the former folder, which is kept", async () => {
      await use((database) => put(database, "kept"));
      await age(2);
      await use((database) => put(database, "later"));
      const [newest] = await backups.list();
      const aside = await restoreBackup(folder(), join(dataDir, "backups", newest!.name));
      expect(await use(keysOf)).toEqual(["kept"]);
      expect(await backups.list()).toHaveLength(2);
      await rm(join(folder(), "pgdata"), { recursive: true });
      await rename(aside!, join(folder(), "pgdata"));
      expect(await use(keysOf)).toEqual(["kept", "later"]);
    });

    test("is not made of a database that cannot be opened: the error says how to restore, and the good ones stay", async () => {
      await use(keysOf);
      await age(2);
      const before = await names();
      await writeFile(join(folder(), "pgdata", "global", "pg_control"), Buffer.alloc(8192, 7));
      await expect(open()).rejects.toThrow(/^The database in .* cannot be opened: .*`npm run restore` lists/);
      expect(await names()).toEqual(before);
      await rm(join(folder(), "pgdata", "PG_VERSION"));
      await expect(open()).rejects.toThrow(/a part of it is gone\. `npm run restore`/);
      await restoreBackup(folder(), join(dataDir, "backups", before[0]!));
      expect(await use(keysOf)).toEqual([]);
    });

    test("that was being put back when the power went is no reason to begin with an empty database", async () => {
      await rename(join(folder(), "pgdata"), join(folder(), "pgdata.before-2026"));
      await expect(open()).rejects.toThrow(/a restore was broken off\. `npm run restore`/);
      expect(await readdir(folder())).not.toContain("pgdata");
    });

    test("that cannot be made is a warning, and the start goes on", async () => {
      await writeFile(join(dataDir, "backups"), "in the way");
      backups = new BackupFolder(join(dataDir, "backups", "below"), log);
      await use((database) => put(database, "one"));
      expect(warned).toEqual([
        "The backups of the database cannot be listed",
        "No backup of the database could be made",
        "What is left of a backup could not be removed",
      ]);
    });

    test("leaves nothing of one that was broken off by a kill", async () => {
      await use(keysOf);
      await age(2);
      const [name] = await names();
      await cp(join(dataDir, "backups", name!), join(dataDir, "backups", "2026-01-01T00-00-00.000Z.draft"), {
        recursive: true,
      });
      expect((await backups.list()).map((one) => one.name)).toEqual([name]);
      await use(keysOf);
      expect(await names()).toHaveLength(2);
      expect((await names()).filter((one) => one.endsWith(".draft"))).toEqual([]);
    });
  });

if (isPglite)
  test("PGlite is given nothing to write while its disk has no room for its log, and goes on when it has", async () => {
    const client = await PGlite.create();
    await client.exec("create table shots (n int)");
    let isRoom = true;
    let looks = 0;
    refuseWithoutRoom(client, () => {
      looks += 1;
      return isRoom;
    });
    await client.query("insert into shots values ($1)", [1]);
    isRoom = false;
    await expect.poll(() => client.query("update shots set n = 1").then(() => "", codeOf)).toBe("53100");
    const inside = client.transaction(async (tx) => {
      await tx.query("select * from shots");
      await tx.query("update shots set n = 3");
    });
    expect(await inside.then(() => "", codeOf)).toBe("53100");
    for (const statement of [
      "with one as (delete from shots returning n) select * from one",
      "\n  DELETE from shots",
      "create table more (n int)",
      "checkpoint",
    ])
      expect(await client.exec(statement).then(() => "", codeOf), statement).toBe("53100");
    expect((await client.query("with one as (select n from shots) select * from one")).rows).toEqual([
      { n: 1 },
    ]);
    isRoom = true;
    await expect
      .poll(() => client.exec("insert into shots values (4); checkpoint").then(() => "ok", codeOf))
      .toBe("ok");
    expect((await client.query("select n from shots order by n")).rows).toEqual([{ n: 1 }, { n: 4 }]);
    expect(looks).toBeLessThan(30);
    await client.close();
  });

const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error);

if (!isPglite)
  test("PostgreSQL is backed up by its own tools", async () => {
    const { openTestDatabase } = await import("../../support/test-database");
    const database = await openTestDatabase();
    expect(database.backUp).toBeNull();
    expect(rowsOf(await database.db.execute(sql`select 1 as one`))).toEqual([{ one: 1 }]);
    await database.close();
  });
