import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { PictureError } from "./picture-format";
import { withoutMetadata, withTextOf } from "./png-text";

/** Bytes that are read at a time. */
const PIECE = 256 * 1024;
/** Pixels of a picture that a cut is made of: as much as a rendered one may have. */
const PIXELS = 120_000_000;

export interface ReadOptions {
  /** null = as it is; else scaled to cover this size and cut from the middle, in pixels. */
  cut: { width: number; height: number } | null;
  /** Whether the text chunks come along, in which ComfyUI writes workflow and prompt. */
  withMetadata: boolean;
  /** Ends the reading. */
  signal: AbortSignal;
}

/**
 * The bytes of a stored PNG, read only as far as they are taken.
 * @param path absolute
 * @throws PictureError where it is torn; a system error where it cannot be read or the signal ended it
 */
export async function* readPicture(path: string, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const { cut, withMetadata, signal } = options;
  if (cut) {
    const original = await readFile(path, { signal });
    const png = await cutFromMiddle(original, cut);
    yield withMetadata ? withTextOf(png, original) : png;
    return;
  }
  const stream: AsyncIterable<Uint8Array> = createReadStream(path, { signal, highWaterMark: PIECE });
  yield* withMetadata ? stream : withoutMetadata(stream);
}

/**
 * A picture of exactly this size: one that covers it by whole pixels is only cut, any other one is scaled first.
 * @throws PictureError
 */
export async function cutFromMiddle(
  picture: Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels: PIXELS, failOn: "warning" })
      .resize(width, height, { fit: "cover", position: "centre" })
      .png()
      .toBuffer();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    throw new PictureError("not_a_picture", `The picture cannot be cut: ${why}. Generate the shot again.`);
  }
}
