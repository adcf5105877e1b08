import { constants } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@/lib/log";
import { chunks } from "./chunks";
import { DATABASE_NEEDS, hasRoom, noRoomError } from "./keep-room";

const KEPT = 2;
/** Files that are copied or synced at a time. */
const AT_A_TIME = 8;
/** A start makes no other backup within this time, in ms: one that fails again and again must not push the good ones out. */
const APART = 3_600_000;
/** When it was made, as a name that every system takes. */
const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/;
const DRAFT = ".draft";

/** A copy of PGlite's folder. */
export interface Backup {
  name: string;
  at: Date;
  bytes: number;
}

/** A copy that nobody finds before it is kept. */
export interface BackupDraft {
  /** Syncs it and puts it among the backups; the oldest beyond two goes. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** The backups of PGlite's folder, the newest two. Each is there whole or not at all. */
export class BackupFolder {
  readonly folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.folder = folder;
    this.#log = log;
  }

  /** The newest first. */
  async list(): Promise<Backup[]> {
    return listBackups(this.folder);
  }

  /** Whether the newest is old enough for another one at a start. */
  async isDue(): Promise<boolean> {
    const [newest] = await namesIn(this.folder).catch((error: unknown) => {
      this.#log.warn("The backups of the database cannot be listed", { error });
      return [];
    });
    return newest === undefined || Date.now() - timeOf(newest).getTime() >= APART;
  }

  /**
   * Copies PGlite's folder, which nothing may write to meanwhile. A copy that cannot be made, or kept, is a warning and
   * no more.
   */
  async copy(pgdata: string): Promise<BackupDraft | null> {
    const name = new Date().toISOString().replaceAll(":", "-");
    const draft = join(this.folder, name + DRAFT);
    const discard = () => rm(draft, { recursive: true, force: true, maxRetries: 5 });
    const give = async <T>(work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work();
      } catch (error) {
        this.#log.warn("No backup of the database could be made", { error });
        await discard().catch((second: unknown) =>
          this.#log.warn("What is left of a backup could not be removed", { error: second }),
        );
        return null;
      }
    };
    return give(async () => {
      await mkdir(this.folder, { recursive: true });
      await this.#removeDrafts();
      if (!hasRoom(this.folder, (await sizeOf(pgdata)) + 2 * DATABASE_NEEDS)) throw noRoomError();
      await copyFolder(pgdata, draft);
      return {
        keep: async () => {
          await give(async () => {
            await syncTree(draft);
            await rename(draft, join(this.folder, name));
            await syncPath(this.folder);
            for (const old of (await namesIn(this.folder)).slice(KEPT))
              await rm(join(this.folder, old), { recursive: true, force: true, maxRetries: 5 });
          });
        },
        discard,
      };
    });
  }

  /** What a crash left of unfinished copies. */
  async #removeDrafts(): Promise<void> {
    for (const name of await readdir(this.folder))
      if (name.endsWith(DRAFT) && NAME.test(name.slice(0, -DRAFT.length)))
        await rm(join(this.folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The backups in a folder, the newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await namesIn(folder);
  return Promise.all(
    names.map(async (name) => ({ name, at: timeOf(name), bytes: await sizeOf(join(folder, name)) })),
  );
}

/** Copies a folder to where there is none, without taking room where the file system can. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  const mode = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;
  await eachIn(from, copyFolder, to, (path, target) => copyFile(path, target, mode));
}

/** Syncs a folder and all in it, so that it outlives a power cut. */
export async function syncTree(folder: string): Promise<void> {
  await eachIn(folder, syncTree, folder, syncPath);
  await syncPath(folder);
}

/** Goes through a folder: its folders one by one, its files some at a time. */
async function eachIn(
  folder: string,
  onFolder: (path: string, target: string) => Promise<void>,
  target: string,
  onFile: (path: string, target: string) => Promise<void>,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const go = (some: typeof entries, work: typeof onFile) =>
    Promise.all(some.map(({ name }) => work(join(folder, name), join(target, name))));
  for (const entry of entries) if (entry.isDirectory()) await go([entry], onFolder);
  for (const some of chunks(
    entries.filter((entry) => entry.isFile()),
    AT_A_TIME,
  ))
    await go(some, onFile);
}

/** Syncs a file, or the names in a folder; Windows needs and knows no such thing for folders. */
export async function syncPath(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder && process.platform === "win32") return;
  const opened = await open(path, isFolder ? "r" : "r+");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

const timeOf = (name: string) => new Date(name.replace(NAME, "$1:$2:$3"));

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}
