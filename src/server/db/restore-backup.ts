import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { copyFolder, syncPath, syncTree } from "./backup-folder";
import { ASIDE } from "./database-unusable";

/**
 * Puts a copy of a backup in the place of PGlite's folder, which is moved aside. For whoever holds the lock on `folder`.
 * @param folder the one that has `pgdata` in it
 * @param backup the backup's own folder; it stays
 * @returns where the former one is now; null where there was none
 */
export async function restoreBackup(folder: string, backup: string): Promise<string | null> {
  const pgdata = join(folder, "pgdata");
  const draft = `${pgdata}.restoring`;
  await mkdir(folder, { recursive: true });
  await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  await copyFolder(backup, draft);
  await syncTree(draft);
  const aside = existsSync(pgdata)
    ? `${pgdata}${ASIDE}${new Date().toISOString().replaceAll(":", "-")}`
    : null;
  // From here to the end a start says that a restore was broken off, instead of making an empty database.
  if (aside !== null) await rename(pgdata, aside);
  await rm(`${pgdata}.unfinished`, { force: true });
  await rename(draft, pgdata);
  await syncPath(folder);
  return aside;
}
