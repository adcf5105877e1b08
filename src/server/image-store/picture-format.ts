/** The bytes are no picture that can be stored. */
export class PictureError extends Error {
  override name = "PictureError";
  readonly reason: "not_a_picture" | "picture_too_large" | "picture_format";

  constructor(reason: PictureError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** How many bytes of a file's beginning tell its format. */
export const HEAD_BYTES = 1_000;

/** What the first bytes of a file say, each as one character. */
const FORMATS = [
  ["PNG", /^\x89PNG\r\n/],
  ["JPEG", /^\xff\xd8\xff/],
  ["WebP", /^RIFF[^]{4}WEBP/],
  ["GIF", /^GIF8[79]a/],
  ["TIFF", /^(II[*+]\0|MM\0[*+])/],
  ["AVIF", /^[^]{4}ftypavi[fs]/],
  // As phones take them.
  ["HEIC", /^[^]{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/],
  ["SVG", /^\s*<(\?xml[^]*<svg|svg|!DOCTYPE svg)/i],
] as const;
export type Format = (typeof FORMATS)[number][0];

/**
 * The format of a file by its first bytes.
 * @param expected the formats that are taken, as the end of a message: `Expected a PNG file.`
 * @throws PictureError where it is none of the allowed ones
 */
export function requireFormat<F extends Format>(
  head: Uint8Array,
  allowed: readonly F[],
  expected: string,
): F {
  if (head.length === 0) throw new PictureError("not_a_picture", `This file is empty. ${expected}`);
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString("latin1");
  const format = FORMATS.find(([, begins]) => begins.test(text))?.[0];
  if (format === undefined)
    throw new PictureError("not_a_picture", `This file is not a picture. ${expected}`);
  const found = allowed.find((one) => one === format);
  if (found === undefined)
    throw new PictureError(
      "picture_format",
      `This is ${/^[AS]/.test(format) ? "an" : "a"} ${format} file. ${expected}`,
    );
  return found;
}

/** The first line of what a decoder says. */
export const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
