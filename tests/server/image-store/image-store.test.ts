import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ImageStore } from "@/server/image-store/image-store";
import {
  characterFolder,
  imageFile,
  projectFolder,
  referenceFile,
  takeFile,
} from "@/server/image-store/paths";
import type * as framing from "@/server/image-store/frame-picture";
import { NoLongerWantedError } from "@/server/image-store/thumbnail-queue";

/** How often own pictures were decoded whole, and how many at a time. */
const decoded = vi.hoisted(() => ({ files: 0, now: 0, most: 0 }));
vi.mock("@/server/image-store/frame-picture", async (original) => {
  const real = await original<typeof framing>();
  return {
    ...real,
    checkOriginal: async (...args: Parameters<typeof framing.checkOriginal>) => {
      decoded.files += 1;
      decoded.now += 1;
      decoded.most = Math.max(decoded.most, decoded.now);
      try {
        return await real.checkOriginal(...args);
      } finally {
        decoded.now -= 1;
      }
    },
  };
});

let dataDir: string;
let store: ImageStore;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "shotboard-store-"));
  store = new ImageStore(dataDir);
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const png = (background = "#204060", width = 700) =>
  sharp({ create: { width, height: 400, channels: 3, background } })
    .png()
    .toBuffer();
const filesOf = async () =>
  (await readdir(dataDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dataDir.length + 1)
        .split(sep)
        .join("/"),
    )
    .toSorted();

describe("paths", () => {
  test("are relative to the data folder, with / on every system", () => {
    expect(takeFile("p", "t")).toBe("projects/p/takes/t.png");
    expect(imageFile("p", "s")).toBe("projects/p/images/s.png");
    expect(referenceFile("c", "i")).toBe("characters/c/i.png");
    expect(store.pathOf("projects/p/takes/t.png")).toBe(join(dataDir, "projects", "p", "takes", "t.png"));
  });

  test.each(["..", "../x", "a/b", "a\\b", "", "A", "a\u0000", ".", "-", "x".repeat(65)])(
    "are never made from what is no id: %j",
    (id) => {
      for (const make of [
        projectFolder,
        characterFolder,
        (one: string) => takeFile("p", one),
        (one: string) => imageFile("p", one),
        (one: string) => referenceFile("c", one),
      ])
        expect(() => make(id)).toThrow(/An id /);
    },
  );
});

describe("a take", () => {
  test("is stored with the thumbnails of the board, shown, and known to be shown", async () => {
    const { file, width, height } = await store.storeTake("p", "t", await png());
    expect({ file, width, height }).toEqual({ file: "projects/p/takes/t.png", width: 700, height: 400 });
    expect(await store.showsTake("p", "s", file)).toBe(false);
    await store.showTake("p", "s", file);
    expect(await store.showsTake("p", "s", file)).toBe(true);
    expect(await filesOf()).toEqual([
      "projects/p/images/s.png",
      "projects/p/takes/t.png",
      ...["32", "320", "640"].map((width) => `thumbnails/projects/p/takes/t-${width}.webp`),
    ]);
  });

  test("in place of another is known not to be shown yet", async () => {
    const one = await store.storeTake("p", "one", await png("#ff0000"));
    const two = await store.storeTake("p", "two", await png("#00ff00", 800));
    await store.showTake("p", "s", one.file);
    expect(await store.showsTake("p", "s", two.file)).toBe(false);
    await store.showTake("p", "s", two.file);
    expect([await store.showsTake("p", "s", one.file), await store.showsTake("p", "s", two.file)]).toEqual([
      false,
      true,
    ]);
    expect(await sharp(store.pathOf(imageFile("p", "s"))).metadata()).toMatchObject({ width: 800 });
  });

  test("that cannot be decoded leaves nothing", async () => {
    await expect(store.storeTake("p", "t", (await png()).subarray(0, 100))).rejects.toThrow(
      /cannot be decoded/,
    );
    expect(await filesOf()).toEqual([]);
  });

  test("is removed with its thumbnails, and once more without an error", async () => {
    const { file } = await store.storeTake("p", "t", await png());
    await store.thumbnail(file, 1280);
    await store.remove(file);
    await store.remove(file);
    expect(await filesOf()).toEqual([]);
    expect(await store.exists(file)).toBe(false);
  });
});

describe("a thumbnail", () => {
  test("is made once for all who ask at once, and is not made larger than its picture", async () => {
    const { file } = await store.storeTake("p", "t", await png());
    const paths = await Promise.all(Array.from({ length: 5 }, () => store.thumbnail(file, 1280)));
    expect(new Set(paths).size).toBe(1);
    expect(await sharp(paths[0]).metadata()).toMatchObject({ format: "webp", width: 700 });
    const { mtimeMs } = await stat(paths[0]!);
    await store.thumbnail(file, 1280);
    expect((await stat(paths[0]!)).mtimeMs).toBe(mtimeMs);
  });

  test("of what is no picture fails, and is tried anew the next time", async () => {
    const { file } = await store.storeTake("p", "t", await png());
    await writeFile(store.pathOf(file), "no picture");
    await expect(store.thumbnail(file, 1280)).rejects.toThrow(/unsupported image format/);
    await writeFile(store.pathOf(file), await png());
    expect(existsSync(await store.thumbnail(file, 1280))).toBe(true);
  });

  test("that is gone is made of a larger one, without reading the picture", async () => {
    const { file } = await store.storeTake("p", "t", await png());
    for (const width of [32, 320] as const) await rm(await store.thumbnail(file, width));
    await writeFile(store.pathOf(file), "no picture");
    expect(await sharp(await store.thumbnail(file, 32)).metadata()).toMatchObject({
      format: "webp",
      width: 32,
    });
  });

  test("that nobody waits for any more when its turn comes is not made", async () => {
    const files = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, index) => (await store.storeTake("p", `t-${index}`, await png())).file,
      ),
    );
    let isWanted = true;
    const made = files.map((file) => store.thumbnail(file, 1280, () => isWanted));
    const settled = Promise.allSettled(made);
    await Promise.race(made);
    isWanted = false;
    const given = (await settled).filter((one) => one.status === "rejected");
    expect(given.length).toBeGreaterThan(0);
    for (const { reason } of given) expect(reason).toBeInstanceOf(NoLongerWantedError);
  });
});

describe("an own picture's thumbnails", () => {
  const stored = async (takeId: string) =>
    store.storeOriginal(
      "p",
      takeId,
      (async function* () {
        yield await png("#204060", 2000);
      })(),
    );
  const large = (takeId: string) => join(dataDir, `thumbnails/projects/p/originals/${takeId}-1280.webp`);

  test("are all made of the one that was made when it came: the file itself is not decoded again", async () => {
    const file = await stored("t");
    await writeFile(store.pathOf(file), "no picture");
    const paths = await Promise.all(([32, 320, 640, 1280] as const).map((one) => store.thumbnail(file, one)));
    expect(await Promise.all(paths.map(async (path) => (await sharp(path).metadata()).width))).toEqual([
      32, 320, 640, 1280,
    ]);
  });

  test("decode it once where that one is gone, whatever is asked for at once, and one file at a time", async () => {
    const files = await Promise.all(["one", "two", "three"].map(stored));
    for (const takeId of ["one", "two", "three"]) await rm(large(takeId));
    Object.assign(decoded, { files: 0, most: 0 });
    const paths = await Promise.all(
      files.flatMap((file) => ([32, 320, 640, 1280] as const).map((one) => store.thumbnail(file, one))),
    );
    expect(new Set(paths).size).toBe(12);
    expect(decoded).toEqual({ files: 3, now: 0, most: 1 });
  });
});

test("a project and a character are removed with all their pictures, and nothing else", async () => {
  await store.storeTake("p", "t", await png());
  await store.storeTake("p-2", "t", await png());
  await store.storeReference("c", "i", await png());
  await store.thumbnail(referenceFile("c", "i"), 320);
  await store.removeProject("p");
  await store.removeCharacter("c");
  await store.removeProject("never-there");
  expect(await filesOf()).toEqual([
    "projects/p-2/takes/t.png",
    ...["32", "320", "640"].map((width) => `thumbnails/projects/p-2/takes/t-${width}.webp`),
  ]);
});
