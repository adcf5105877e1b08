import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeReference, decodeRendered } from "@/server/image-store/decode-picture";
import { PictureError } from "@/server/image-store/picture-format";

/** A picture that does not compress. */
const noise = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp(randomBytes(width * height * channels), { raw: { width, height, channels } });
const reasonOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PictureError);
  expect((error as PictureError).message).toMatch(/\S.*\.?$/);
  return (error as PictureError).reason;
};

describe("a rendered picture", () => {
  const sizesOf = (thumbnails: readonly { bytes: Uint8Array }[]) =>
    Promise.all(
      thumbnails.map(async (one) => {
        const { format, width, height } = await sharp(one.bytes).metadata();
        return `${format} ${width}x${height}`;
      }),
    );

  test("that is a PNG is kept byte for byte, with its thumbnails", async () => {
    const bytes = await noise(1_000, 400).png().toBuffer();
    const picture = await decodeRendered(bytes, [640, 320, 32]);
    expect(Buffer.from(picture.bytes).equals(bytes)).toBe(true);
    expect(picture).toMatchObject({ width: 1_000, height: 400 });
    expect(picture.thumbnails.map((one) => one.width)).toEqual([640, 320, 32]);
    expect(await sizesOf(picture.thumbnails)).toEqual(["webp 640x256", "webp 320x128", "webp 32x13"]);
  });

  test("that is small gets no larger a thumbnail", async () => {
    const picture = await decodeRendered(await noise(64, 32).png().toBuffer(), [640, 32]);
    expect(await sizesOf(picture.thumbnails)).toEqual(["webp 64x32", "webp 32x16"]);
  });

  test("in another format becomes a PNG of the same size", async () => {
    const picture = await decodeRendered(await noise(64, 32).jpeg().toBuffer(), [640]);
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: "png", width: 64, height: 32 });
  });

  test("that breaks off anywhere is refused", async () => {
    const bytes = await noise(300, 300).png().toBuffer();
    for (const share of [0.999, 0.9, 0.5, 0.1])
      expect(await reasonOf(decodeRendered(bytes.subarray(0, Math.floor(bytes.length * share)), [640]))).toBe(
        "not_a_picture",
      );
    for (const length of [0, 7, 20, 33])
      expect(await reasonOf(decodeRendered(bytes.subarray(0, length), [640]))).toBe("not_a_picture");
  });

  test("whose pixels are garbage is refused", async () => {
    const bytes = Buffer.from(await noise(300, 300).png().toBuffer());
    bytes.fill(0xff, 100_000, 102_000);
    expect(await reasonOf(decodeRendered(bytes, [640]))).toBe("not_a_picture");
  });

  test("that is text is refused", async () => {
    expect(await reasonOf(decodeRendered(Buffer.from("<html>502 Bad Gateway</html>"), [640]))).toBe(
      "not_a_picture",
    );
  });
});

describe("a reference picture", () => {
  /** Top left red, the rest blue: to see where it ends up. */
  const marked = () =>
    sharp({ create: { width: 60, height: 40, channels: 3, background: "#0000ff" } }).composite([
      { input: { create: { width: 10, height: 10, channels: 3, background: "#ff0000" } }, left: 0, top: 0 },
    ]);
  const cornerOf = async (bytes: Uint8Array, left: number, top: number) => {
    const { data } = await sharp(bytes)
      .removeAlpha()
      .extract({ left, top, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data[0]! > 200 && data[2]! < 60 ? "red" : "blue";
  };

  test.each([
    [1, 60, 40, 2, 2],
    [3, 60, 40, 57, 37],
    [6, 40, 60, 37, 2],
    [8, 40, 60, 2, 57],
  ])("with EXIF orientation %i is turned upright", async (orientation, width, height, left, top) => {
    const bytes = await marked()
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
      .toBuffer();
    const picture = await decodeReference(bytes);
    expect(picture).toMatchObject({ width, height });
    expect(await cornerOf(picture.bytes, left, top)).toBe("red");
    const metadata = await sharp(picture.bytes).metadata();
    expect(metadata.orientation ?? 1).toBe(1);
    expect(metadata.exif).toBeUndefined();
  });

  test("keeps its transparency", async () => {
    const picture = await decodeReference(await noise(20, 20, 4).png().toBuffer());
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: "png", hasAlpha: true });
  });

  test("of four inks becomes one of three colours", async () => {
    const picture = await decodeReference(await noise(20, 20).toColourspace("cmyk").jpeg().toBuffer());
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: "png", space: "srgb" });
  });

  test("of more than 4,096 pixels on a side is made smaller, in proportion", async () => {
    const wide = sharp({ create: { width: 6_000, height: 300, channels: 3, background: "#123456" } });
    expect(await decodeReference(await wide.webp().toBuffer())).toMatchObject({ width: 4_096, height: 205 });
  });

  test("that is animated gives its first frame", async () => {
    const frames = await sharp(
      [await noise(16, 16).png().toBuffer(), await noise(16, 16).negate().png().toBuffer()],
      { join: { animated: true } },
    )
      .webp()
      .toBuffer();
    expect(await decodeReference(frames)).toMatchObject({ width: 16, height: 16 });
  });
});
