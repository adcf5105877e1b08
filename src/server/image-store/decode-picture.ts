import sharp from "sharp";
import { LIMITS } from "@/lib/limits";

// No picture is worked on twice: pixels that sharp remembers would only take memory.
sharp.cache(false);

/** The bytes are no picture that can be stored. */
export class PictureError extends Error {
  override name = "PictureError";
  readonly reason: "not_a_picture" | "picture_too_large" | "picture_format";

  constructor(reason: PictureError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

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
const REFERENCE_FORMATS = new Set(["PNG", "JPEG", "WebP"]);
/** What the first bytes of a file say, each as one character. */
const FORMATS: [format: string, begins: RegExp][] = [
  ["PNG", /^\x89PNG\r\n/],
  ["JPEG", /^\xff\xd8\xff/],
  ["WebP", /^RIFF[^]{4}WEBP/],
  ["GIF", /^GIF8[79]a/],
  ["TIFF", /^(II[*+]\0|MM\0[*+])/],
  ["AVIF", /^[^]{4}ftypavi[fs]/],
  // As phones take them.
  ["HEIC", /^[^]{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/],
  ["SVG", /^\s*<(\?xml[^]*<svg|svg|!DOCTYPE svg)/i],
];

/**
 * Decodes a rendered picture whole, so that a torn one is noticed before it is stored.
 * The answer carries a thumbnail, which the decoding made anyway.
 * @throws PictureError
 */
export async function decodeRendered(bytes: Uint8Array): Promise<Picture & { thumbnail: Uint8Array }> {
  try {
    const image = sharp(bytes, { limitInputPixels: RENDERED_PIXELS, failOn: "warning" });
    const { format, width, height } = await image.metadata();
    const thumbnail = await image
      .clone()
      .resize({ width: 640, withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer();
    const png = format === "png" ? bytes : await image.png().toBuffer();
    return { bytes: png, width, height, thumbnail };
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
  if (bytes.length === 0)
    throw new PictureError("not_a_picture", "This file is empty. Expected a PNG, JPEG or WebP file.");
  // By its first bytes: the decoders of other formats never see it.
  const format = formatOf(bytes);
  if (format === null)
    throw new PictureError("not_a_picture", "This file is not a picture. Expected a PNG, JPEG or WebP file.");
  if (!REFERENCE_FORMATS.has(format)) throw wrongFormat(`${/^[AS]/.test(format) ? "an" : "a"} ${format}`);
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
    throw new PictureError("not_a_picture", "This file is not a picture. Expected a PNG, JPEG or WebP file.");
  }
}

const formatOf = (bytes: Uint8Array): string | null => {
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString("latin1");
  return FORMATS.find(([, begins]) => begins.test(head))?.[0] ?? null;
};

const wrongFormat = (what: string) =>
  new PictureError("picture_format", `This is ${what} file. Expected a PNG, JPEG or WebP file.`);

const tooLarge = () =>
  new PictureError(
    "picture_too_large",
    `This picture has more than ${LIMITS.referencePixels / 1_000_000} megapixels. Make it smaller first.`,
  );

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
