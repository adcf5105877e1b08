import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { fromPglite } from "pg-boss";
import type { Database, Db } from "./database";
import { lockFolder } from "./lock-folder";
import { makePgdata } from "./make-pgdata";
import * as schema from "./schema";

/** PGlite's 128 MB of buffers would be a third of the whole process; a board's tables need no more than this. */
const SETTINGS = ["-c", "shared_buffers=32MB"];

/**
 * Opens PGlite in `folder`, made where it is missing, and brings its tables up to date.
 * @throws FolderInUseError while another process holds the folder.
 */
export async function openPglite({
  folder,
  migrations,
}: {
  folder: string;
  migrations: string;
}): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    const pgdata = join(folder, "pgdata");
    await makePgdata(pgdata);
    const client = await PGlite.create(pgdata, {
      startParams: [...PGlite.defaultStartParams, ...SETTINGS],
    });
    return await fromClient(client, migrations, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The same around a client that exists: tests clone a migrated one. */
export async function fromClient(
  client: PGlite,
  migrations: string | null,
  onClose: () => Promise<void>,
): Promise<Database> {
  const db = drizzle({ client, schema, casing: "snake_case" });
  if (migrations !== null) await migrate(db, { migrationsFolder: migrations });
  return {
    driver: "pglite",
    db: db as unknown as Db,
    boss: { db: fromPglite(client), backend: "pglite" },
    listen: async () => async () => {},
    notify: async () => {},
    close: async () => {
      if (!client.closed) {
        await client.exec("CHECKPOINT");
        await client.close();
      }
      await onClose();
    },
  };
}
