import { open as openFile } from "node:fs/promises";
import PQueue from "p-queue";
import sharp, { type Sharp } from "sharp";
import { LIMITS } from "@/lib/limits";
import { cutOf, placeOf, type Size } from "@/lib/picture/framing";
import type { Framing } from "@/lib/schemas/take";
import { asThumbnail } from "./as-thumbnail";
import { firstLine, PictureError } from "./picture-format";
import { retryWhileBusy } from "./write-file";

/** How much smaller than the picture its blurred ground is made. */
const BLURRED_BY = 8;
/** How bright the blurred ground is: the picture on it is what is looked at. */
const GROUND_LIGHT = 0.6;

// A picture of 120 megapixels may take some hundred MB while it is worked on: one at a time, whatever is dropped.
const queue = new PQueue({ concurrency: 1 });

/** What is told of an own picture's file. */
export interface OriginalFacts extends Size {
  /** As sharp names it. */
  format: string;
}

/**
 * What a file is, by its head: its size is that of the picture as it is looked at, turned as its EXIF says.
 * @param path absolute
 * @throws PictureError where it is damaged, or has too many pixels; a system error where it cannot be read
 */
export async function readOriginal(path: string): Promise<OriginalFacts> {
  return decoding(path, async () => {
    const { autoOrient, format } = await open(path).metadata();
    if (autoOrient.width * autoOrient.height > LIMITS.ownPicturePixels) throw tooLarge();
    return { ...autoOrient, format };
  });
}

/**
 * Decodes a file whole, so that a torn one is noticed before it is kept.
 * @param path absolute
 * @param width of the answer, in pixels, at most
 * @returns a WebP of it
 * @throws as `readOriginal` does
 */
export async function checkOriginal(path: string, width: number): Promise<Uint8Array> {
  await readOriginal(path);
  return inTurn(path, () => asThumbnail(open(path).autoOrient(), width).toBuffer());
}

/**
 * A picture brought into another shape: a PNG of exactly that size, sRGB, eight bits, opaque, without metadata. Of
 * several pages or frames the first is taken.
 * @param path absolute
 * @throws as `readOriginal` does
 */
export async function framePicture(path: string, shape: Size, framing: Framing): Promise<Uint8Array> {
  const size = await readOriginal(path);
  return inTurn(path, async () => {
    if (framing.mode === "crop") {
      const cut = open(path)
        .autoOrient()
        .extract(cutOf(size, shape, framing));
      return toPng(cut.resize(shape.width, shape.height, { fit: "fill" }).flatten());
    }
    const { left, top, ...placed } = placeOf(size, shape);
    const under = framing.ground === "white" ? "#ffffff" : "#000000";
    const whole = open(path)
      .autoOrient()
      .resize(placed.width, placed.height, { fit: "fill" })
      .flatten({ background: under });
    if (framing.ground !== "blurred") {
      const right = shape.width - placed.width - left;
      const bottom = shape.height - placed.height - top;
      return toPng(whole.extend({ left, top, right, bottom, background: under }));
    }
    const picture = await toPng(whole);
    return toPng(sharp(await blurredGround(picture, shape)).composite([{ input: picture, left, top }]));
  });
}

async function blurredGround(picture: Buffer, shape: Size): Promise<Buffer> {
  const small = await sharp(picture)
    .resize(Math.ceil(shape.width / BLURRED_BY), Math.ceil(shape.height / BLURRED_BY), { fit: "cover" })
    .blur(Math.max(1, shape.height / BLURRED_BY / 16))
    .modulate({ brightness: GROUND_LIGHT })
    .toBuffer();
  return sharp(small).resize(shape.width, shape.height, { fit: "fill" }).toBuffer();
}

const open = (path: string): Sharp =>
  sharp(path, { limitInputPixels: LIMITS.ownPicturePixels, failOn: "error" });

const toPng = (image: Sharp): Promise<Buffer> =>
  image.removeAlpha().toColourspace("srgb").png({ compressionLevel: 4 }).toBuffer();

const inTurn = (path: string, work: () => Promise<Uint8Array>): Promise<Uint8Array> =>
  queue.add(() => decoding(path, work));

/** libvips speaks of a file that cannot be read as of a damaged one: the system tells which it is. */
async function decoding<T>(path: string, work: () => Promise<T>): Promise<T> {
  await requireReadable(path);
  try {
    return await work();
  } catch (error) {
    await requireReadable(path);
    throw asPictureError(error, path);
  }
}

/** @throws what the system says, where the file is gone or another program holds it */
async function requireReadable(path: string): Promise<void> {
  await retryWhileBusy(async () => {
    await using file = await openFile(path);
    await file.read(Buffer.alloc(1), 0, 1, 0);
  });
}

function asPictureError(error: unknown, path: string): PictureError {
  if (error instanceof PictureError) return error;
  if (/pixel limit/i.test(firstLine(error))) return tooLarge();
  // Where it lies is nobody's business.
  const why = firstLine(error).replaceAll(path, "the file");
  return new PictureError("not_a_picture", `This picture is damaged and cannot be decoded: ${why}`);
}

const tooLarge = () =>
  new PictureError(
    "picture_too_large",
    `This picture has more than ${LIMITS.ownPicturePixels / 1_000_000} megapixels. Make it smaller first.`,
  );
