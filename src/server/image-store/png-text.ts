import { PictureError } from "./decode-picture";

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** Chunks that tell about a picture instead of being it: ComfyUI's prompt and workflow stand in `tEXt`. */
const ABOUT = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME"]);

interface Chunk {
  type: string;
  /** Length, type, data and checksum. */
  bytes: Buffer;
}

/** @throws PictureError where the bytes are no whole PNG */
function chunksOf(png: Buffer): Chunk[] {
  const torn = () => new PictureError("not_a_picture", "The stored picture is no whole PNG.");
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw torn();
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    if (at + 12 > png.length) throw torn();
    const end = at + 12 + png.readUInt32BE(at);
    if (end > png.length) throw torn();
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, bytes: png.subarray(at, end) });
    if (type === "IEND") return chunks;
    at = end;
  }
  throw torn();
}

const toPng = (chunks: readonly Chunk[]) => Buffer.concat([SIGNATURE, ...chunks.map((one) => one.bytes)]);

/**
 * A PNG without its text chunks, its pixels untouched.
 * @throws PictureError where the bytes are no whole PNG
 */
export function stripText(png: Buffer): Buffer {
  return toPng(chunksOf(png).filter((one) => !ABOUT.has(one.type)));
}

/** A PNG with the text chunks of another, behind its head. */
export function addText(png: Buffer, source: Buffer): Buffer {
  const [head, ...rest] = chunksOf(png);
  const about = chunksOf(source).filter((one) => ABOUT.has(one.type));
  return toPng([head!, ...about, ...rest]);
}
