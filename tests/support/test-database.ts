import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { fromClient } from "@/server/db/open-pglite";
import { openPostgres } from "@/server/db/open-postgres";
import type { Database } from "@/server/db/database";

export const root = join(import.meta.dirname, "..", "..");
const migrations = join(root, "src", "server", "db", "migrations");

let template: Promise<PGlite> | null = null;

async function migrated(): Promise<PGlite> {
  const client = await PGlite.create();
  await fromClient(client, migrations, async () => {});
  return client;
}

/** A fresh database of the kind this run tests, gone when it is closed. */
export async function openTestDatabase(): Promise<Database> {
  if (process.env["TEST_DATABASE"] === "postgres") return openOnPostgres();
  template ??= migrated();
  const client = (await (await template).clone()) as PGlite;
  return fromClient(client, null, async () => {});
}

async function openOnPostgres(): Promise<Database> {
  const { url, drop } = await createPostgresDatabase();
  const database = await openPostgres({ url, migrations });
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

/** An empty database on the PostgreSQL of this run. */
export async function createPostgresDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env["TEST_POSTGRES_URL"];
  if (!server) throw new Error("TEST_POSTGRES_URL is not set: run the tests with `npm test`.");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const run = async (statement: string) => {
    const admin = postgres(server, { max: 1, onnotice: () => {} });
    await admin.unsafe(statement);
    await admin.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}
