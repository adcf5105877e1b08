import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { is, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rowsOf } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { openPglite } from "@/server/db/open-pglite";
import { openPostgres } from "@/server/db/open-postgres";
import * as schema from "@/server/db/schema";
import { createPostgresDatabase, openTestDatabase, root } from "../../support/test-database";

const migrations = join(root, "src", "server", "db", "migrations");

test(
  "the migrations are those of the schema: generating finds nothing new",
  { timeout: 120_000 },
  async () => {
    // drizzle-kit takes paths below its working directory only.
    const cache = join(root, "node_modules", ".cache");
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, "migrations-"));
    try {
      await cp(migrations, folder, { recursive: true });
      const before = await readdir(folder, { recursive: true });
      const kit = join(root, "node_modules", "drizzle-kit", "bin.cjs");
      const out = relative(root, folder).replaceAll("\\", "/");
      const flags = [
        "generate",
        "--dialect=postgresql",
        "--casing=snake_case",
        "--schema=src/server/db/schema.ts",
        `--out=${out}`,
      ];
      const child = spawn(process.execPath, [kit, ...flags], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      const [code] = (await once(child, "exit")) as [number];
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("No schema changes") });
      expect(await readdir(folder, { recursive: true })).toEqual(before);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);

test("every table of the schema is there after the migrations, with times in whole milliseconds", async () => {
  const database = await openTestDatabase();
  const found = rowsOf<{ name: string }>(
    await database.db.execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    ),
  );
  const wanted = Object.values(schema).flatMap((table) =>
    is(table, PgTable) ? [getTableConfig(table).name] : [],
  );
  expect(found.map((row) => row.name)).toEqual(expect.arrayContaining(wanted));
  const times = await database.db.execute(
    sql`select distinct datetime_precision as digits from information_schema.columns where table_schema = 'public' and data_type like 'timestamp%' and table_name in ${wanted}`,
  );
  expect(rowsOf<{ digits: number }>(times)).toEqual([{ digits: 3 }]);
  await database.close();
});

test("ids sort by the time they were made", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
});

const isPostgres = process.env["TEST_DATABASE"] === "postgres";

if (isPostgres)
  test("several processes may bring one PostgreSQL up to date at once", async () => {
    const { url, drop } = await createPostgresDatabase();
    const databases = await Promise.all(Array.from({ length: 4 }, () => openPostgres({ url, migrations })));
    for (const { db } of databases) expect(await db.select().from(schema.projects)).toEqual([]);
    for (const database of databases) await database.close();
    await drop();
  });

if (!isPostgres)
  test("a PGlite folder keeps its rows, and is held by one", { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "shotboard-pglite-"));
    try {
      const first = await openPglite({ folder, migrations });
      await first.db.insert(schema.settings).values({ key: "kept", value: true });
      await expect(openPglite({ folder, migrations })).rejects.toThrow(/is in use by process/);
      await first.close();
      const second = await openPglite({ folder, migrations });
      expect(await second.db.select().from(schema.settings)).toEqual([{ key: "kept", value: true }]);
      await second.close();
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

if (!isPostgres)
  test("a PGlite folder that was left half made is made anew", { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "shotboard-pglite-"));
    try {
      await mkdir(join(folder, "pgdata"));
      await writeFile(join(folder, "pgdata", "PG_VERSION"), "18\n");
      await writeFile(join(folder, "pgdata.unfinished"), "");
      const database = await openPglite({ folder, migrations });
      expect(await database.db.select().from(schema.settings)).toEqual([]);
      await database.close();
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
