import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Framing } from "@/lib/schemas/take";
import { checkOriginal, framePicture, readOriginal } from "@/server/image-store/frame-picture";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-frame-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SHAPE = { width: 64, height: 64 };
const CROP: Framing = { mode: "crop", x: 0.5, y: 0.5 };
let files = 0;
const save = async (bytes: Uint8Array) => {
  files += 1;
  const path = join(folder, String(files));
  await writeFile(path, bytes);
  return path;
};
/** Three stripes beside each other. */
const stripes = (...colors: string[]) =>
  sharp({ create: { width: 64 * colors.length, height: 64, channels: 3, background: "#000000" } }).composite(
    colors.map((background, index) => ({
      input: { create: { width: 64, height: 64, channels: 3, background } },
      left: 64 * index,
      top: 0,
    })),
  );
const framed = async (bytes: Uint8Array, framing: Framing) => {
  const png = await framePicture(await save(bytes), SHAPE, framing);
  const metadata = await sharp(png).metadata();
  expect(metadata).toMatchObject({ format: "png", ...SHAPE, channels: 3, depth: "uchar", space: "srgb" });
  expect(metadata.exif ?? metadata.icc ?? metadata.orientation).toBeUndefined();
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  /** The colour at a pixel, roughly: each channel in steps of a quarter. */
  return (x: number, y: number) =>
    [...data.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)].map((value) => Math.round(value / 64));
};
const RED = [4, 0, 0];
const GREEN = [0, 4, 0];
const BLUE = [0, 0, 4];

test("a crop shows what its focus says", async () => {
  const picture = await stripes("#ff0000", "#00ff00", "#0000ff").png().toBuffer();
  for (const [x, color] of [
    [0, RED],
    [0.5, GREEN],
    [1, BLUE],
  ] as const) {
    const at = await framed(picture, { mode: "crop", x, y: 0.5 });
    expect([at(2, 2), at(61, 61)]).toEqual([color, color]);
  }
});

test("a fitted picture is whole, on white, black, or a darker blurred copy of itself", async () => {
  const picture = await stripes("#ff0000", "#ff0000", "#0000ff", "#0000ff").png().toBuffer();
  const white = await framed(picture, { mode: "fit", ground: "white" });
  expect([white(2, 2), white(2, 32), white(61, 32), white(61, 61)]).toEqual([
    [4, 4, 4],
    RED,
    BLUE,
    [4, 4, 4],
  ]);
  const black = await framed(picture, { mode: "fit", ground: "black" });
  expect([black(2, 2), black(2, 32), black(61, 32)]).toEqual([[0, 0, 0], RED, BLUE]);
  const blurred = await framed(picture, { mode: "fit", ground: "blurred" });
  expect([blurred(2, 32), blurred(61, 32)]).toEqual([RED, BLUE]);
  const [red, , blue] = blurred(2, 2);
  expect(red).toBeGreaterThan(0);
  expect(red).toBeLessThan(4);
  expect(blue).toBe(0);
});

test("a picture is turned as its EXIF says before it is cut", async () => {
  // Turned by a quarter clockwise: what is left in the file is at the top of the picture.
  const taken = await stripes("#ff0000", "#00ff00", "#0000ff")
    .jpeg({ quality: 100 })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(await readOriginal(await save(taken))).toEqual({ width: 64, height: 192, format: "jpeg" });
  const at = await framed(taken, { mode: "crop", x: 0.5, y: 0 });
  expect(at(32, 32)[0]).toBeGreaterThan(2);
  expect((await framed(taken, { mode: "crop", x: 0.5, y: 1 }))(32, 32)[2]).toBeGreaterThan(2);
  expect(await sharp(await checkOriginal(await save(taken), 32)).metadata()).toMatchObject({
    width: 32,
    height: 96,
    format: "webp",
  });
});

test.each<[string, () => Promise<Buffer>]>([
  ["of sixteen bits", () => stripes("#ff0000").toColourspace("rgb16").png().toBuffer()],
  ["in CMYK", () => stripes("#ff0000").toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer()],
  ["of a TIFF", () => stripes("#ff0000").tiff({ compression: "lzw" }).toBuffer()],
  ["of a WebP", () => stripes("#ff0000").webp({ lossless: true }).toBuffer()],
  [
    "of the first frame of an animation",
    async () =>
      sharp([await stripes("#ff0000").png().toBuffer(), await stripes("#0000ff").png().toBuffer()], {
        join: { animated: true },
      })
        .webp({ lossless: true, loop: 0, delay: [100, 100] })
        .toBuffer(),
  ],
])("a picture %s comes as a plain one", async (_, make) => {
  const at = await framed(await make(), CROP);
  const [red, green, blue] = at(32, 32);
  expect(red).toBeGreaterThanOrEqual(3);
  expect([green, blue].every((value) => value! <= 1)).toBe(true);
});

test("a grey picture comes in colour, and what is transparent stands on the ground", async () => {
  const grey = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#808080" } })
    .greyscale()
    .png()
    .toBuffer();
  expect((await framed(grey, CROP))(32, 32)).toEqual([2, 2, 2]);
  const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: "#ff000000" } })
    .png()
    .toBuffer();
  expect((await framed(clear, { mode: "fit", ground: "white" }))(32, 32)).toEqual([4, 4, 4]);
  expect((await framed(clear, CROP))(32, 32)).toEqual([0, 0, 0]);
});

test("a line of one pixel and a far too long one are framed as well", async () => {
  for (const [width, height] of [
    [1, 1],
    [20_000, 1],
    [1, 20_000],
  ] as const) {
    const line = await sharp({ create: { width, height, channels: 3, background: "#ff0000" } })
      .png()
      .toBuffer();
    expect((await framed(line, CROP))(32, 32)).toEqual(RED);
    await framed(line, { mode: "fit", ground: "blurred" });
    await checkOriginal(await save(line), 1280);
  }
});

test("a file that is gone or cannot be read is not called damaged: that is the system's to say", async () => {
  const gone = join(folder, "gone.png");
  for (const read of [readOriginal, (path: string) => checkOriginal(path, 32)])
    await expect(read(gone)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(framePicture(gone, SHAPE, CROP)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readOriginal(folder)).rejects.toMatchObject({ code: "EISDIR" });
});

test.each(["png", "jpeg", "webp", "tiff"] as const)(
  "what is said of a damaged %s does not name its place",
  async (format) => {
    const whole = await stripes("#ff0000", "#0000ff").toFormat(format).toBuffer();
    for (const share of [0.9, 0.5, 0.1]) {
      const path = await save(whole.subarray(0, whole.length * share));
      const error = await framePicture(path, SHAPE, CROP).catch((one: unknown) => one as Error);
      if (!(error instanceof Error)) continue;
      expect(error).toMatchObject({ name: "PictureError", reason: "not_a_picture" });
      expect(error.message).not.toContain(folder);
    }
  },
);
