import { crc32 } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { withoutMetadata, withTextOf } from "@/server/image-store/png-text";
import { cutFromMiddle } from "@/server/image-store/read-picture";

const chunk = (type: string, data: string | Buffer) => {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(data)]);
  const head = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  head.writeUInt32BE(typed.length - 4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([head, typed, sum]);
};
const TEXTS = [
  chunk("tEXt", 'prompt\0{"3": "secret"}'),
  chunk("zTXt", "workflow\0\0packed"),
  chunk("iTXt", "note\0\0\0\0\0secret"),
  chunk("eXIf", "MM secret"),
  chunk("tIME", Buffer.from([7, 230, 1, 1, 1, 1, 1])),
];
/** Behind the signature and the IHDR chunk. */
const HEADER = 8 + 25;

let plain: Buffer;
let full: Buffer;
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "grey",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  });
beforeAll(async () => {
  plain = await noise(97, 61).png().toBuffer();
  const end = plain.length - 12;
  full = Buffer.concat([
    plain.subarray(0, HEADER),
    ...TEXTS,
    plain.subarray(HEADER, end),
    ...TEXTS,
    plain.subarray(end),
  ]);
});

async function* inPieces(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}
const clean = async (bytes: Uint8Array, sizes: number[] = []) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of withoutMetadata(inPieces(bytes, sizes))) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};

describe("without its metadata", () => {
  test("a PNG is the same bytes but for its text, EXIF and time, wherever they stand", async () => {
    expect(await clean(full)).toEqual(plain);
    expect(await clean(plain)).toEqual(plain);
  });

  test("it is the same in whatever pieces it comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 300 }), async (sizes) => {
        expect((await clean(full, sizes)).equals(plain)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("what stands behind the end of a PNG falls away", async () => {
    expect(await clean(Buffer.concat([full, Buffer.from("trailer")]), [full.length + 2])).toEqual(plain);
  });

  test("a PNG that breaks off is an error, wherever it does", async () => {
    for (let length = 0; length < full.length; length += 7)
      await expect(clean(full.subarray(0, length), [50]), `${length} bytes`).rejects.toThrow(/whole PNG/);
  });

  test("what is no PNG is an error", async () => {
    await expect(clean(Buffer.from("<html>not a picture</html>"))).rejects.toThrow(/does not begin/);
  });
});

describe("cut from the middle", () => {
  const size = { width: 1920, height: 1080 };
  const pixels = async (bytes: Uint8Array) => (await sharp(bytes).raw().toBuffer()) as Buffer;

  test("1920×1088 loses four rows at the top and at the bottom, and no pixel changes", async () => {
    const original = await noise(1920, 1088).png({ compressionLevel: 1 }).toBuffer();
    const cut = await cutFromMiddle(original, size);
    const row = 1920 * 3;
    const wanted = (await pixels(original)).subarray(4 * row, 1084 * row);
    expect((await pixels(cut)).equals(wanted)).toBe(true);
  });

  test.each([
    [640, 1600],
    [3840, 2176],
    [1921, 1080],
    [64, 64],
  ])("%i×%i becomes exactly 1920×1080", async (width, height) => {
    const cut = await cutFromMiddle(await noise(width, height).png().toBuffer(), size);
    expect(await sharp(cut).metadata()).toMatchObject({ format: "png", width: 1920, height: 1080 });
  });

  test("a torn picture is an error that says what to do", async () => {
    await expect(cutFromMiddle(plain.subarray(0, 200), size)).rejects.toThrow(/cannot be cut.*again/);
  });
});

test("a PNG is given the texts of another one, and nothing else of it", async () => {
  const cut = await cutFromMiddle(plain, { width: 32, height: 18 });
  const told = Buffer.from(withTextOf(cut, full));
  expect(told).toEqual(
    Buffer.concat([
      cut.subarray(0, HEADER),
      ...TEXTS.slice(0, 3),
      ...TEXTS.slice(0, 3),
      cut.subarray(HEADER),
    ]),
  );
  expect(() => withTextOf(cut, full.subarray(0, 60))).toThrow(/whole PNG/);
});
