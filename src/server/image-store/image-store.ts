import { readFile, rm, stat } from "node:fs/promises";
import { sep } from "node:path";
import { diskProblemOf } from "@/lib/disk-problem";
import type { Log } from "@/lib/log";
import type { Size } from "@/lib/picture/framing";
import type { Framing } from "@/lib/schemas/take";
import { decodeReference, decodeRendered, type Picture } from "./decode-picture";
import { FileInUseError } from "./file-in-use";
import { beginOriginal, endingOf } from "./begin-original";
import { checkOriginal, framePicture, type OriginalFacts, readOriginal } from "./frame-picture";
import { pathInside } from "./path-inside";
import {
  characterFolder,
  imageFile,
  originalFile,
  projectFolder,
  referenceFile,
  takeFile,
  testFile,
} from "./paths";
import { probeRoom, requireRoom, whileRoom } from "./probe-room";
import { BOARD_WIDTHS, LARGE, Thumbnails, type ThumbnailWidth } from "./thumbnails";
import { isBusy, linkSafely, retryWhileBusy, writeFileSafely } from "./write-file";

/** Least bytes that a look for room asks for. */
const LITTLE = 1024 * 1024;

export interface ImageStoreOptions {
  /** Told of a thumbnail that could not be written: it is made again when it is asked for. */
  log?: Log;
  /** Bytes of its disk that pictures leave free for the database beside them. */
  keepFree?: number;
}

/** The pictures under DATA_DIR. Files that rows name are relative to it, with `/`. */
export class ImageStore {
  readonly #dataDir: string;
  readonly #keepFree: number;
  /** Bytes that the next look for room asks for: as many as could not be written last. */
  #needed = LITTLE;
  readonly #thumbnails: Thumbnails;

  constructor(dataDir: string, { log, keepFree = 0 }: ImageStoreOptions = {}) {
    this.#dataDir = dataDir;
    this.#keepFree = keepFree;
    this.#thumbnails = new Thumbnails({
      pathOf: (file) => this.pathOf(file),
      guard: (file, work) => this.#guard(file, 0, work),
      requireRoom: (bytes) => requireRoom(dataDir, bytes, keepFree),
      log: log ?? null,
    });
  }

  /**
   * Looks whether pictures can be stored now, by writing and removing as many bytes as could not be written last.
   * @throws what the system says where not (`ENOSPC`, `EACCES`, …): `diskProblemOf` has it in words
   */
  async checkRoom(): Promise<void> {
    await probeRoom(this.#dataDir, this.#needed, this.#keepFree);
    this.#needed = LITTLE;
  }

  /**
   * Absolute path of a stored file or folder.
   * @throws ShotboardError where it would lie outside the data folder
   */
  pathOf(file: string): string {
    return pathInside(this.#dataDir, file);
  }

  /**
   * Stores a rendered picture as a take, decoded and checked; its thumbnails for the board too.
   * @throws PictureError when it cannot be decoded; FileInUseError when that file alone cannot be written; a system
   * error when nothing can be. Then it is not there.
   */
  async storeTake(
    projectId: string,
    takeId: string,
    bytes: Uint8Array,
  ): Promise<{ file: string; width: number; height: number }> {
    const file = takeFile(projectId, takeId);
    return this.#orNothing(file, () => this.#storeRendered(file, bytes));
  }

  /** Stores the picture of a test; throws as `storeTake` does. */
  async storeTest(
    jobId: string,
    bytes: Uint8Array,
  ): Promise<{ file: string; width: number; height: number }> {
    return this.#storeRendered(testFile(jobId), bytes);
  }

  async #storeRendered(file: string, bytes: Uint8Array) {
    const picture = await decodeRendered(bytes, BOARD_WIDTHS);
    await this.#write(file, picture.bytes);
    for (const { width, bytes: thumbnail } of picture.thumbnails)
      if (!(await this.#thumbnails.keep(file, width, thumbnail))) break;
    return { file, width: picture.width, height: picture.height };
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    await this.#guard(file, bytes.length, async () => {
      await requireRoom(this.#dataDir, bytes.length, this.#keepFree);
      await writeFileSafely(this.pathOf(file), bytes);
    });
  }

  /** Leaves nothing of a new file that failed: it may be there by name and yet not be safe, and no row will name it. */
  async #orNothing<T>(file: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.remove(file);
      throw error;
    }
  }

  /** Tells trouble with one file from trouble with the whole data folder. */
  async #guard<T>(file: string, bytes: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (diskProblemOf(error)?.code === "disk_full") this.#needed = Math.max(LITTLE, bytes);
      if (!isBusy(error)) throw error;
      await this.checkRoom();
      throw new FileInUseError(file, error);
    }
  }

  /** Makes a picture that is there a take of a project, without taking room where the file system can; answers its file. */
  async copyTake(source: string, projectId: string, takeId: string): Promise<string> {
    const file = takeFile(projectId, takeId);
    await this.#guard(file, 0, () => linkSafely(this.pathOf(source), this.pathOf(file)));
    return file;
  }

  /** Makes a take the picture that its sentence shows. */
  async showTake(projectId: string, sentenceId: string, takeFileOfIt: string): Promise<void> {
    await linkSafely(this.pathOf(takeFileOfIt), this.pathOf(imageFile(projectId, sentenceId)));
  }

  /** Whether the sentence's picture is that take already: the same file, or a copy of equal size and no older. */
  async showsTake(projectId: string, sentenceId: string, takeFileOfIt: string): Promise<boolean> {
    const [shown, take] = await Promise.all(
      [imageFile(projectId, sentenceId), takeFileOfIt].map((file) =>
        stat(this.pathOf(file)).catch(() => null),
      ),
    );
    if (!shown || !take) return false;
    return shown.ino === take.ino || (shown.size === take.size && shown.mtimeMs >= take.mtimeMs);
  }

  /** Checks and re-encodes a user's picture and stores it as a character's reference. */
  async storeReference(
    characterId: string,
    imageId: string,
    bytes: Uint8Array,
  ): Promise<Omit<Picture, "bytes"> & { file: string }> {
    const picture = await decodeReference(bytes);
    const file = referenceFile(characterId, imageId);
    await this.#orNothing(file, () => this.#write(file, picture.bytes));
    return { file, width: picture.width, height: picture.height };
  }

  /**
   * Stores an own picture as it comes, checked: by its first bytes before the rest is taken, and decoded whole at the end.
   * @returns its file
   * @throws PictureError where it is none that is taken; else as `storeTake`. Then it is not there.
   */
  async storeOriginal(projectId: string, takeId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const { ending, all } = await beginOriginal(bytes);
    const file = originalFile(projectId, takeId, ending);
    return this.#orNothing(file, async () => {
      const path = this.pathOf(file);
      await this.#guard(file, 0, () => writeFileSafely(path, whileRoom(this.#dataDir, all, this.#keepFree)));
      const checked = await this.#guard(file, 0, () => checkOriginal(path, LARGE));
      await this.#thumbnails.keep(file, LARGE, checked);
      return file;
    });
  }

  /** Makes a take of an own picture, brought into a shape; throws as `storeTake` does. */
  async frameOriginal(
    original: string,
    projectId: string,
    takeId: string,
    { shape, framing }: { shape: Size; framing: Framing },
  ): Promise<{ file: string; width: number; height: number }> {
    const bytes = await this.#guard(original, 0, () => framePicture(this.pathOf(original), shape, framing));
    return this.storeTake(projectId, takeId, bytes);
  }

  /** Makes an own picture that is there another take's too, without taking room where the file system can; answers its file. */
  async copyOriginal(source: string, projectId: string, takeId: string): Promise<string> {
    const file = originalFile(projectId, takeId, endingOf(source));
    await this.#guard(file, 0, () => linkSafely(this.pathOf(source), this.pathOf(file)));
    return file;
  }

  /** @throws PictureError where it is damaged; else as `read` */
  async originalFacts(file: string): Promise<OriginalFacts> {
    return this.#guard(file, 0, () => readOriginal(this.pathOf(file)));
  }

  /** @throws FileInUseError where another program keeps it from being read; a system error where it is gone */
  async read(file: string): Promise<Uint8Array> {
    return this.#guard(file, 0, () => retryWhileBusy(() => readFile(this.pathOf(file))));
  }

  async exists(file: string): Promise<boolean> {
    return (await stat(this.pathOf(file)).catch(() => null)) !== null;
  }

  /** Bytes of a stored file; null where it is gone. */
  async size(file: string): Promise<number | null> {
    return (await stat(this.pathOf(file)).catch(() => null))?.size ?? null;
  }

  /** Removes a file and its thumbnails; one that is gone already is no error. */
  async remove(file: string): Promise<void> {
    const files = [this.pathOf(file), ...this.#thumbnails.pathsOf(file)];
    await Promise.all(files.map((path) => rm(path, { force: true, maxRetries: 5 })));
  }

  async removeProject(projectId: string): Promise<void> {
    await this.#removeFolder(projectFolder(projectId));
  }

  async removeCharacter(characterId: string): Promise<void> {
    await this.#removeFolder(characterFolder(characterId));
  }

  /**
   * Path of a WebP thumbnail of a picture, made on first use; the picture's own while none can be written.
   * @param width pixels; smaller pictures stay as they are
   * @param isWanted whether somebody still waits for it: a board that is scrolled past asks for many in vain
   * @throws NoLongerWantedError where nobody does
   */
  async thumbnail(
    file: string,
    width: ThumbnailWidth,
    isWanted: () => boolean = () => true,
  ): Promise<string> {
    return this.#thumbnails.get(file, width, isWanted);
  }

  async #removeFolder(folder: string): Promise<void> {
    const roots = [this.pathOf(folder), this.pathOf(`thumbnails/${folder}`)];
    await Promise.all(roots.map((path) => rm(path + sep, { recursive: true, force: true, maxRetries: 5 })));
  }
}
