import { PictureError } from "./picture-format";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length and type before a chunk's data; its checksum after it. */
const HEAD = 8;
const CHECKSUM = 4;
const TEXT = new Set(["tEXt", "zTXt", "iTXt"]);
/** What tells of how and when a picture was made, and nothing of how it looks. */
const METADATA = new Set([...TEXT, "eXIf", "tIME"]);

/**
 * A PNG without the chunks that ComfyUI writes workflow and prompt into, nor other metadata: nothing is decoded, all
 * other chunks come as they are. It is read only as far as it is taken.
 * @throws PictureError where the bytes are no PNG, or end before it does
 */
export async function* withoutMetadata(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  /** What has come and is not given on: less than a chunk's head. */
  let rest: Buffer = Buffer.alloc(0);
  /** Bytes of the present chunk that are still to come, and whether they are given on. */
  let toCome = 0;
  let isKept = true;
  let hasBegun = false;
  let isWhole = false;
  for await (const piece of source) {
    rest =
      rest.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.length)
        : Buffer.concat([rest, piece]);
    /** Where in `rest` the run of bytes begins that is given on. */
    let from = 0;
    let at = 0;
    while (at < rest.length) {
      if (toCome > 0) {
        const step = Math.min(toCome, rest.length - at);
        at += step;
        toCome -= step;
        if (!isKept) from = at;
        continue;
      }
      if (isWhole || rest.length - at < HEAD) break;
      if (!hasBegun) {
        if (!rest.subarray(at, at + HEAD).equals(SIGNATURE)) throw torn("it does not begin as a PNG does");
        hasBegun = true;
        at += HEAD;
        continue;
      }
      const type = rest.toString("latin1", at + 4, at + HEAD);
      const wasKept = !METADATA.has(type);
      if (!wasKept && at > from) yield rest.subarray(from, at);
      toCome = HEAD + rest.readUInt32BE(at) + CHECKSUM;
      isKept = wasKept;
      if (!isKept) from = at;
      isWhole = type === "IEND";
    }
    if (at > from) yield rest.subarray(from, at);
    // What stands behind the end belongs to no picture.
    if (isWhole && toCome === 0) return;
    rest = rest.subarray(at);
  }
  throw torn("it ends too early");
}

/**
 * A PNG with the text chunks of another one, as they stand there.
 * @throws PictureError where one of them is no whole PNG
 */
export function withTextOf(png: Uint8Array, original: Uint8Array): Uint8Array {
  const texts = chunksOf(original).filter((one) => TEXT.has(one.type));
  const [header, ...others] = chunksOf(png);
  if (!header) throw torn("it has no chunks");
  return Buffer.concat([SIGNATURE, ...[header, ...texts, ...others].map((one) => one.bytes)]);
}

function chunksOf(png: Uint8Array): { type: string; bytes: Uint8Array }[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.length);
  if (!bytes.subarray(0, HEAD).equals(SIGNATURE)) throw torn("it does not begin as a PNG does");
  const chunks: ReturnType<typeof chunksOf> = [];
  for (let at = HEAD; chunks.at(-1)?.type !== "IEND";) {
    const end = at + HEAD + (at + HEAD <= bytes.length ? bytes.readUInt32BE(at) : 0) + CHECKSUM;
    if (end > bytes.length) throw torn("it ends too early");
    chunks.push({ type: bytes.toString("latin1", at + 4, at + HEAD), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return chunks;
}

const torn = (why: string) =>
  new PictureError("not_a_picture", `Expected a whole PNG, but ${why}. Generate the shot again.`);
