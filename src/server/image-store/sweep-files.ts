import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DRAFT } from "./write-file";

/** Age at which a draft is no longer being written, in ms. */
const BROKEN_OFF = 3_600_000;
/** Folders of pictures that rows name. */
const PICTURES = ["projects", "characters", "tests"];
const PICTURE = /\.(png|jpg|webp|tif)$/;
const OTHERS = ["thumbnails", "workflows"];

export interface SweptFiles {
  /** Pictures, relative to DATA_DIR, with `/`; thumbnails are not among them. */
  pictures: Set<string>;
  removedDrafts: number;
}

/**
 * Lists the pictures of a data folder, and removes drafts that were broken off over an hour ago.
 * @param dataDir absolute
 * @param signal ends it early, with what was found so far
 */
export async function sweepFiles(dataDir: string, signal: AbortSignal): Promise<SweptFiles> {
  const swept: SweptFiles = { pictures: new Set(), removedDrafts: 0 };
  const look = async (folder: string, isOfPictures: boolean, isDeep: boolean): Promise<void> => {
    const entries = await readdir(join(dataDir, folder), { withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        // A project may be deleted meanwhile.
        if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
        throw error;
      },
    );
    for (const entry of entries) {
      if (signal.aborted) return;
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isDeep) await look(file, isOfPictures, isDeep);
      } else if (entry.isFile() && DRAFT.test(entry.name)) {
        if (await isBrokenOff(join(dataDir, file))) {
          await rm(join(dataDir, file), { force: true, maxRetries: 5 });
          swept.removedDrafts += 1;
        }
      } else if (entry.isFile() && isOfPictures && PICTURE.test(entry.name)) swept.pictures.add(file);
    }
  };
  await look("", false, false);
  for (const folder of PICTURES) await look(folder, true, true);
  for (const folder of OTHERS) await look(folder, false, true);
  return swept;
}

async function isBrokenOff(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > BROKEN_OFF;
}
