import { stat } from "node:fs/promises";
import sharp from "sharp";
import { diskProblemOf } from "@/lib/disk-problem";
import type { Log } from "@/lib/log";
import { asThumbnail } from "./as-thumbnail";
import { checkOriginal } from "./frame-picture";
import { isOriginal } from "./paths";
import { ThumbnailQueue } from "./thumbnail-queue";
import { isBusy, writeFileSafely } from "./write-file";

/** Widths of the thumbnails that `/media` serves, in pixels; the smallest is shown blurred until another is there. */
export const THUMBNAIL_WIDTHS = [32, 320, 640, 1280] as const;
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];
/** Those that most screens show on the board: stored with a picture, so that scrolling past hundreds only reads files. */
export const BOARD_WIDTHS = [640, 320, 32] as const;
const MIDDLE = 640;
export const LARGE = 1280;

interface Place {
  /** Absolute path of a stored file. */
  pathOf: (file: string) => string;
  /** Tells trouble with that one file from trouble with the whole data folder. */
  guard: <T>(file: string, work: () => Promise<T>) => Promise<T>;
  /** @throws where the disk has no room for so many bytes */
  requireRoom: (bytes: number) => Promise<void>;
  /** Told of one that could not be written. */
  log: Log | null;
}

/** WebP thumbnails of the stored pictures. They can be made again at any time. */
export class Thumbnails {
  readonly #place: Place;
  readonly #queue = new ThumbnailQueue();
  /** Of own pictures as they were given, which may be large: they are decoded for the largest thumbnail alone. */
  readonly #originals = new ThumbnailQueue(1);

  constructor(place: Place) {
    this.#place = place;
  }

  /** Absolute paths of all that a picture may have. */
  pathsOf(file: string): string[] {
    return THUMBNAIL_WIDTHS.map((width) => this.#pathOf(file, width));
  }

  /** Writes one; answers whether it could be. */
  async keep(file: string, width: ThumbnailWidth, bytes: Uint8Array): Promise<boolean> {
    try {
      await this.#place.requireRoom(bytes.length);
      await writeFileSafely(this.#pathOf(file, width), bytes);
      return true;
    } catch (error) {
      if (diskProblemOf(error) === null && !isBusy(error)) throw error;
      this.#place.log?.warn("A thumbnail could not be written; it is made again when it is asked for", {
        error,
      });
      return false;
    }
  }

  /** As `ImageStore.thumbnail` says. */
  async get(file: string, width: ThumbnailWidth, isWanted: () => boolean): Promise<string> {
    const path = this.#pathOf(file, width);
    if (await stat(path).catch(() => null)) return path;
    const whole = this.#place.pathOf(file);
    if (!isOriginal(file)) return this.#queue.make(path, isWanted, () => this.#make(file, width, whole));
    if (width === LARGE) return this.#originals.make(path, isWanted, () => this.#makeLarge(file));
    const large = await this.get(file, LARGE, isWanted);
    if (large === whole) return large;
    return this.#queue.make(path, isWanted, () => this.#make(file, width, large));
  }

  async #makeLarge(file: string): Promise<string> {
    const whole = this.#place.pathOf(file);
    const bytes = await this.#place.guard(file, () => checkOriginal(whole, LARGE));
    return this.#orWhole(file, LARGE, bytes);
  }

  async #make(file: string, width: ThumbnailWidth, source: string): Promise<string> {
    const middle = this.#pathOf(file, MIDDLE);
    const isSmaller = width < MIDDLE && (await stat(middle).catch(() => null)) !== null;
    const image = sharp(isSmaller ? middle : source).autoOrient();
    const bytes = await asThumbnail(image, width).toBuffer();
    return this.#orWhole(file, width, bytes);
  }

  /** Keeps one; answers its path, or the picture's own where it cannot be kept. */
  async #orWhole(file: string, width: ThumbnailWidth, bytes: Uint8Array): Promise<string> {
    return (await this.keep(file, width, bytes)) ? this.#pathOf(file, width) : this.#place.pathOf(file);
  }

  #pathOf(file: string, width: ThumbnailWidth): string {
    return this.#place.pathOf(`thumbnails/${file.replace(/\.png$/, "")}-${width}.webp`);
  }
}
