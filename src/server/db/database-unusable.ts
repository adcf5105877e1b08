import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { diskProblemOf } from "@/lib/disk-problem";
import { DATABASE_NEEDS } from "./keep-room";

/** What a restore calls the folder that it moved aside: `pgdata.before-…`. */
export const ASIDE = ".before-";

/** PGlite's folder cannot be opened: the message says why and what to do. */
export class DatabaseUnusableError extends Error {
  override name = "DatabaseUnusableError";

  static noRoom(folder: string): DatabaseUnusableError {
    return new DatabaseUnusableError(
      `The disk of ${folder} is full: the database needs ${DATABASE_NEEDS / 1024 / 1024} MB of room to be opened. ` +
        "Free some, then start again; nothing is lost.",
    );
  }

  static broken(folder: string, why: string, cause?: unknown): DatabaseUnusableError {
    return new DatabaseUnusableError(
      `The database in ${folder} cannot be opened: ${why} ` +
        "`npm run restore` lists its backups and puts one back; what is there now is kept beside it.",
      { cause },
    );
  }
}

/**
 * Whether PGlite's folder is still to be made.
 * @throws DatabaseUnusableError where there was one: a new, empty one in its place would be taken for the old
 */
export async function checkPgdata(pgdata: string): Promise<boolean> {
  const folder = dirname(pgdata);
  if (existsSync(`${pgdata}.unfinished`)) return true;
  if (existsSync(pgdata)) {
    if (existsSync(join(pgdata, "PG_VERSION"))) return false;
    throw DatabaseUnusableError.broken(folder, "a part of it is gone.");
  }
  const isAside = (await readdir(folder)).some((name) => name.startsWith(basename(pgdata) + ASIDE));
  if (isAside) throw DatabaseUnusableError.broken(folder, "a restore was broken off.");
  return true;
}

/** What an opening threw, in words where it is the database's. */
export function unopened(folder: string, error: unknown): unknown {
  if (error instanceof DatabaseUnusableError) return error;
  const disk = diskProblemOf(error);
  if (disk) return new DatabaseUnusableError(`${disk.message} ${disk.remedy}`, { cause: error });
  const why = error instanceof Error ? error.message.split("\n")[0]!.replace(/[.\s]*$/, ".") : "";
  return DatabaseUnusableError.broken(folder, why, error);
}
