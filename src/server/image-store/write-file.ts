import { randomUUID } from "node:crypto";
import { copyFile, link, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Waits between tries where another program holds the file open (virus scanners, video editors), in ms. */
const BUSY_WAITS = [20, 60, 150, 400, 900];
const BUSY = new Set(["EPERM", "EBUSY", "EACCES"]);
const CANNOT_LINK = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "UNKNOWN"]);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";
const draftOf = (path: string) => `${path}.${randomUUID()}.tmp`;

/** Writes a file whole or not at all: a draft beside it, synced, then renamed. */
export async function writeFileSafely(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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
  await mkdir(dirname(path), { recursive: true });
  await replace(path, async (draft) => {
    await makeLink(source, draft).catch(async (error: unknown) => {
      if (!CANNOT_LINK.has(codeOf(error))) throw error;
      await copyFile(source, draft);
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
      if (!BUSY.has(codeOf(error))) throw error;
      await wait(pause);
    }
  }
  return operation();
}
