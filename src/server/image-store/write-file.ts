import { randomUUID } from "node:crypto";
import { copyFile, link, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Waits between tries where another program holds the file open (virus scanners, video editors), in ms. */
const BUSY_WAITS = [20, 60, 150, 400, 900];
const BUSY = new Set(["EPERM", "EBUSY", "EACCES"]);
const CANNOT_LINK = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "UNKNOWN"]);
/** A file system that cannot sync a folder says so by one of these: network drives, FUSE. */
const CANNOT_SYNC_FOLDER = new Set(["EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EISDIR", "EBADF"]);

const systemCode = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";
const draftOf = (path: string) => `${path}.${randomUUID()}.tmp`;

/** The names of drafts: what is left of one was broken off. */
export const DRAFT = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Whether an error says that another program holds the file open, or that it must not be written. */
export const isBusy = (error: unknown): boolean => BUSY.has(systemCode(error));

/**
 * Writes a file whole or not at all: a draft beside it, synced, then renamed, then the folder synced.
 * @param bytes all of them, or piece by piece as they come
 */
export async function writeFileSafely(
  path: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  await makeFolder(dirname(path));
  await replace(path, async (draft) => {
    const file = await open(draft, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/**
 * Makes `path` the same picture as `source`, at once: a hard link, or a copy where links cannot be had.
 * @param makeLink how a hard link is made: some file systems and network drives refuse it
 */
export async function linkSafely(source: string, path: string, makeLink: typeof link = link): Promise<void> {
  await makeFolder(dirname(path));
  await replace(path, async (draft) => {
    await makeLink(source, draft).catch(async (error: unknown) => {
      if (!CANNOT_LINK.has(systemCode(error))) throw error;
      await retryWhileBusy(() => copyFile(source, draft));
      await syncFile(draft);
    });
  });
}

async function replace(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = draftOf(path);
  try {
    await make(draft);
    await retryWhileBusy(() => rename(draft, path));
  } finally {
    // Gone after a rename; left after a failure, or where both names were one file already.
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Makes a folder and those above it; the new names outlive a power cut. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let one = folder; one.length >= first.length; one = dirname(one)) await syncFolder(dirname(one));
}

/** Syncs the names in a folder: without it a power cut may undo a rename. Windows needs and knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } catch (error) {
    if (!CANNOT_SYNC_FOLDER.has(systemCode(error))) throw error;
  } finally {
    await opened.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Does something to a file that another program may hold open for a moment: tried again while it is refused for
 * that reason, at last after 1.5 s.
 */
export async function retryWhileBusy<T>(operation: () => Promise<T>): Promise<T> {
  for (const pause of BUSY_WAITS) {
    try {
      return await operation();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await wait(pause);
    }
  }
  return operation();
}
