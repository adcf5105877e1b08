import type { OriginalEnding } from "./paths";
import { HEAD_BYTES, requireFormat } from "./picture-format";

/** Formats of own pictures, and how their files end. */
const ENDINGS = { PNG: "png", JPEG: "jpg", WebP: "webp", TIFF: "tif" } as const;
const FORMATS = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];

/**
 * Looks at the first bytes of an own picture that comes piece by piece, before the rest is taken.
 * @returns how its file ends, and all pieces, the first ones again
 * @throws PictureError where it is none that is taken
 */
export async function beginOriginal(
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ ending: OriginalEnding; all: AsyncIterable<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  try {
    for (let size = 0; size < HEAD_BYTES;) {
      const next = await iterator.next();
      if (next.done) break;
      first.push(next.value);
      size += next.value.length;
    }
    const head = Buffer.concat(first);
    const format = requireFormat(head, FORMATS, "Expected a PNG, JPEG, WebP or TIFF file.");
    return { ending: ENDINGS[format], all: continued(head, iterator) };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function* continued(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** How the file of an own picture ends. */
export const endingOf = (file: string): OriginalEnding => {
  const ending = Object.values(ENDINGS).find((one) => file.endsWith(`.${one}`));
  if (ending === undefined) throw new Error(`${file} is no own picture.`);
  return ending;
};
