import sharp from "sharp";
import { LIMITS } from "@/lib/limits";
import { asThumbnail } from "./as-thumbnail";
import { firstLine, PictureError, requireFormat } from "./picture-format";

// No picture is worked on twice: pixels that sharp remembers would only take memory.
sharp.cache(false);

export interface Picture {
  /** PNG */
  bytes: Uint8Array;
  /** Pixels. */
  width: number;
  height: number;
}

/** Pixels of a rendered picture: an upscaler may end large. */
const RENDERED_PIXELS = 120_000_000;
/** Longest side of a reference as it is kept, in pixels: more than any workflow samples at. */
const REFERENCE_SIDE = 4096;
const REFERENCE_FORMATS = ["PNG", "JPEG", "WebP"] as const;
const EXPECTED = "Expected a PNG, JPEG or WebP file.";

/**
 * Decodes a rendered picture whole, so that a torn one is noticed before it is stored.
 * The answer carries WebP thumbnails of at most these widths, in pixels, since it is decoded anyway.
 * @throws PictureError
 */
export async function decodeRendered<W extends number>(
  bytes: Uint8Array,
  widths: readonly W[],
): Promise<Picture & { thumbnails: { width: W; bytes: Uint8Array }[] }> {
  try {
    const image = sharp(bytes, { limitInputPixels: RENDERED_PIXELS, failOn: "warning" });
    const { format, width, height } = await image.metadata();
    const { data, info } = await image
      .clone()
      .resize({ width: Math.max(...widths), withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const thumbnails = [];
    for (const one of widths) {
      const thumbnail = asThumbnail(sharp(data, { raw: info }), one);
      thumbnails.push({ width: one, bytes: await thumbnail.toBuffer() });
    }
    const png = format === "png" ? bytes : await image.png().toBuffer();
    return { bytes: png, width, height, thumbnails };
  } catch (error) {
    throw new PictureError("not_a_picture", `The picture cannot be decoded: ${firstLine(error)}`);
  }
}

/**
 * A user's reference picture as it is kept: PNG, JPEG or WebP by content, at most 50 MP, turned as its EXIF
 * says, without metadata, small enough for ComfyUI's upload limit.
 * @throws PictureError
 */
export async function decodeReference(bytes: Uint8Array): Promise<Picture> {
  // By its first bytes: the decoders of other formats never see it.
  requireFormat(bytes, REFERENCE_FORMATS, EXPECTED);
  const { image, metadata } = await openReference(bytes);
  if (metadata.width * metadata.height > LIMITS.referencePixels) throw tooLarge();
  try {
    const { data, info } = await image
      .rotate()
      .resize({ width: REFERENCE_SIDE, height: REFERENCE_SIDE, fit: "inside", withoutEnlargement: true })
      // Half the time of the default; files are somewhat larger.
      .png({ compressionLevel: 3 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (error) {
    throw new PictureError(
      "not_a_picture",
      `This picture is damaged and cannot be decoded: ${firstLine(error)}`,
    );
  }
}

async function openReference(bytes: Uint8Array) {
  try {
    const image = sharp(bytes, { limitInputPixels: LIMITS.referencePixels, failOn: "error" });
    return { image, metadata: await image.metadata() };
  } catch (error) {
    if (/pixel limit/i.test(firstLine(error))) throw tooLarge();
    throw new PictureError("not_a_picture", `This file is not a picture. ${EXPECTED}`);
  }
}

const tooLarge = () =>
  new PictureError(
    "picture_too_large",
    `This picture has more than ${LIMITS.referencePixels / 1_000_000} megapixels. Make it smaller first.`,
  );
