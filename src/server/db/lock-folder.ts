import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";

/** How long a dying holder is waited for, in ms. */
const PATIENCE = 5_000;
const SQLITE_BUSY = 5;

export class FolderInUseError extends Error {
  override name = "FolderInUseError";
}

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process alone, or waits up to 5 s for a holder that is just ending.
 *
 * The lock is SQLite's own exclusive file lock: the operating system takes and frees it atomically, so a
 * killed, crashed or zombie holder has let go already, and no process id is ever guessed about. Who holds it
 * stands beside it in `holder.json`, for the message only.
 * @throws FolderInUseError naming the holder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const holderFile = join(folder, "holder.json");
  const lock = new DatabaseSync(join(folder, "lock.sqlite"));
  const until = performance.now() + PATIENCE;
  while (!tryLock(lock)) {
    if (performance.now() > until) {
      lock.close();
      throw new FolderInUseError(await describeHolder(folder, holderFile));
    }
    await wait(100);
  }
  const holder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
  const draft = `${holderFile}.${process.pid}`;
  await writeFile(draft, JSON.stringify(holder));
  await rename(draft, holderFile);
  return {
    release: async () => {
      await rm(holderFile, { force: true });
      lock.close();
    },
  };
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

async function describeHolder(folder: string, holderFile: string): Promise<string> {
  const text = await readFile(holderFile, "utf8").catch(() => null);
  const who = (text && describe(text)) ?? "another process";
  return `The database folder ${folder} is in use by ${who}. Stop that Shotboard first, or give this one another DATA_DIR.`;
}

/** The holder in words, or null where a power cut left the file torn. */
function describe(text: string): string | null {
  try {
    const holder = JSON.parse(text) as { pid: number; host: string; startedAt: string };
    return `process ${holder.pid} on ${holder.host}, running since ${holder.startedAt}`;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
