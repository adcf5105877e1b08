import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { fromPglite } from "pg-boss";
import type { BackupFolder } from "./backup-folder";
import type { Database, Db } from "./database";
import { checkPgdata, DatabaseUnusableError, unopened } from "./database-unusable";
import { hasRoom, refuseWithoutRoom } from "./keep-room";
import { lockFolder } from "./lock-folder";
import { makePgdata } from "./make-pgdata";
import * as schema from "./schema";

/** PGlite's 128 MB of buffers would be a third of the whole process; a board's tables need no more than this. */
const SETTINGS = ["-c", "shared_buffers=32MB"];

export interface PgliteOptions {
  folder: string;
  migrations: string;
  /** Where copies of the database are kept; null for none. */
  backups?: BackupFolder | null;
}

/**
 * Opens PGlite in `folder`, made where it is missing, and brings its tables up to date. What could be opened is what
 * the backup of this start holds.
 * @throws FolderInUseError while another process holds the folder; DatabaseUnusableError where it cannot be opened.
 */
export async function openPglite({ folder, migrations, backups = null }: PgliteOptions): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    if (!hasRoom(folder)) throw DatabaseUnusableError.noRoom(folder);
    const pgdata = join(folder, "pgdata");
    const isNew = await checkPgdata(pgdata);
    const draft = !isNew && (await backups?.isDue()) ? await backups!.copy(pgdata) : null;
    try {
      await makePgdata(pgdata);
      const client = await PGlite.create(pgdata, {
        startParams: [...PGlite.defaultStartParams, ...SETTINGS],
      });
      refuseWithoutRoom(client, () => hasRoom(folder));
      const database = await fromClient(client, migrations, lock.release, () => hasRoom(folder));
      // Beside the start: to sync a thousand files takes a while.
      const keeping = draft?.keep();
      return {
        ...database,
        backUp: backups && (async () => (await client.runExclusive(() => backups.copy(pgdata)))?.keep()),
        close: async () => {
          await keeping;
          await database.close();
        },
      };
    } catch (error) {
      await draft?.discard();
      throw unopened(folder, error);
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * The same around a client that exists: tests clone a migrated one.
 * @param isRoom whether its disk has room to close in order
 */
export async function fromClient(
  client: PGlite,
  migrations: string | null,
  onClose: () => Promise<void>,
  isRoom: () => boolean = () => true,
): Promise<Database> {
  const db = drizzle({ client, schema, casing: "snake_case" });
  if (migrations !== null) await migrate(db, { migrationsFolder: migrations });
  return {
    driver: "pglite",
    db: db as unknown as Db,
    boss: { db: fromPglite(client), backend: "pglite" },
    listen: async () => async () => {},
    notify: async () => {},
    backUp: null,
    close: async () => {
      // On a full disk it would hang: the next start reads its log instead, as after a crash.
      if (!client.closed && isRoom()) {
        await client.exec("CHECKPOINT");
        await client.close();
      }
      await onClose();
    },
  };
}
