import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fromClient } from "@/server/db/open-pglite";
import { openPostgres } from "@/server/db/open-postgres";
import { migrations, onServer } from "./test-database";

/**
 * Makes the databases that each test's own is a copy of, once for a whole run: a new PGlite is seconds of work.
 * Where they are stands in TEST_PGLITE_TEMPLATE (a file), TEST_PGDATA_TEMPLATE (a folder) and TEST_POSTGRES_TEMPLATE
 * (a name).
 */
export default async function prepareDatabases(): Promise<() => Promise<void>> {
  // Each project of Vitest's asks for them.
  if (process.env["TEST_PGLITE_TEMPLATE"]) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), "shotboard-template-"));
  const pgdata = join(folder, "pgdata");
  const client = await PGlite.create(pgdata);
  const pglite = await fromClient(client, migrations, async () => {});
  const file = join(folder, "pglite.tar");
  await writeFile(file, Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer()));
  await pglite.close();
  process.env["TEST_PGLITE_TEMPLATE"] = file;
  process.env["TEST_PGDATA_TEMPLATE"] = pgdata;

  const server = process.env["TEST_POSTGRES_URL"];
  const name = server && `template_${randomUUID().replaceAll("-", "")}`;
  if (name) {
    await onServer(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    await (await openPostgres({ url: url.href, migrations })).close();
    process.env["TEST_POSTGRES_TEMPLATE"] = name;
  }
  return async () => {
    delete process.env["TEST_PGLITE_TEMPLATE"];
    await rm(folder, { recursive: true, force: true });
    if (name) await onServer(`drop database if exists ${name} with (force)`);
  };
}
