import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { fromClient } from "@/server/db/open-pglite";
import { openPostgres } from "@/server/db/open-postgres";
import type { Database } from "@/server/db/database";

export const root = join(import.meta.dirname, "..", "..");
export const migrations = join(root, "src", "server", "db", "migrations");

let template: Promise<Blob> | null = null;

/** A fresh database of the kind this run tests, gone when it is closed. */
export async function openTestDatabase(): Promise<Database> {
  if (process.env["TEST_DATABASE"] === "postgres") return openOnPostgres();
  template ??= readFile(fromSetup("TEST_PGLITE_TEMPLATE")).then((bytes) => new Blob([bytes]));
  const client = await PGlite.create({ loadDataDir: await template });
  return fromClient(client, null, async () => {});
}

async function openOnPostgres(): Promise<Database> {
  const { url, drop } = await createDatabase(`template ${fromSetup("TEST_POSTGRES_TEMPLATE")}`);
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
export const createPostgresDatabase = () => createDatabase("");

async function createDatabase(more: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(`create database ${name} ${more}`);
  const url = new URL(fromSetup("TEST_POSTGRES_URL"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** Carries a statement out on the PostgreSQL of this run. */
export async function onServer(statement: string): Promise<void> {
  const admin = postgres(fromSetup("TEST_POSTGRES_URL"), { max: 1, onnotice: () => {} });
  await admin.unsafe(statement);
  await admin.end();
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with \`npm test\`.`);
  return value;
}
