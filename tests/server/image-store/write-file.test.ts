import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { linkSafely, retryWhileBusy, writeFileSafely } from "@/server/image-store/write-file";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-write-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const failing = (code: string, times: number) => {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls <= times) throw Object.assign(new Error(code), { code });
    return calls;
  };
};

describe("writing a file", () => {
  test("makes its folders, replaces what was there, and leaves nothing beside it", async () => {
    const path = join(folder, "a", "b", "picture.png");
    await writeFileSafely(path, Buffer.from("old"));
    await writeFileSafely(path, Buffer.from("new"));
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(join(folder, "a", "b"))).toEqual(["picture.png"]);
  });

  test("by many at once ends with one of them whole, and no drafts", async () => {
    const path = join(folder, "picture.png");
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(texts.map((text) => writeFileSafely(path, Buffer.from(text))));
    expect(texts).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["picture.png"]);
  });

  test("that fails leaves what was there, and no draft", async () => {
    const path = join(folder, "taken");
    await mkdir(join(path, "inside"), { recursive: true });
    await expect(writeFileSafely(path, Buffer.from("new"))).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY|EEXIST/);
    expect(await readdir(folder)).toEqual(["taken"]);
    expect(await readdir(path)).toEqual(["inside"]);
  });

  test("below a file fails", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(writeFileSafely(join(folder, "file", "picture.png"), Buffer.from("new"))).rejects.toThrow(
      /ENOTDIR|EEXIST|ENOENT/,
    );
    expect(await readdir(folder)).toEqual(["file"]);
  });
});

describe("showing one picture under another name", () => {
  const refuse = (code: string) => async () => {
    throw Object.assign(new Error(code), { code });
  };

  test("makes a hard link, in place of what was there", async () => {
    const [source, path] = [join(folder, "take.png"), join(folder, "images", "shot.png")];
    await writeFileSafely(source, Buffer.from("new"));
    await writeFileSafely(path, Buffer.from("old"));
    await linkSafely(source, path);
    expect((await stat(path)).ino).toBe((await stat(source)).ino);
    expect(await readdir(join(folder, "images"))).toEqual(["shot.png"]);
  });

  test("again changes nothing and leaves nothing", async () => {
    const [source, path] = [join(folder, "take.png"), join(folder, "shot.png")];
    await writeFileSafely(source, Buffer.from("new"));
    await linkSafely(source, path);
    await linkSafely(source, path);
    expect(await readdir(folder)).toEqual(["shot.png", "take.png"]);
    expect(await readFile(path, "utf8")).toBe("new");
  });

  test.each(["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "UNKNOWN"])(
    "makes a copy where a link is refused with %s",
    async (code) => {
      const [source, path] = [join(folder, "take.png"), join(folder, "shot.png")];
      await writeFileSafely(source, Buffer.from("new"));
      await linkSafely(source, path, refuse(code));
      expect(await readFile(path, "utf8")).toBe("new");
      expect((await stat(path)).ino).not.toBe((await stat(source)).ino);
      expect(await readdir(folder)).toEqual(["shot.png", "take.png"]);
    },
  );

  test("fails for another reason, and leaves what was there", async () => {
    const path = join(folder, "shot.png");
    await writeFileSafely(path, Buffer.from("old"));
    await expect(linkSafely(join(folder, "gone.png"), path)).rejects.toThrow("ENOENT");
    await expect(linkSafely(path, join(folder, "other.png"), refuse("EIO"))).rejects.toThrow("EIO");
    expect(await readdir(folder)).toEqual(["shot.png"]);
    expect(await readFile(path, "utf8")).toBe("old");
  });
});

describe("a file that another program holds open", () => {
  test.each(["EPERM", "EBUSY", "EACCES"])("is tried again after %s", async (code) => {
    expect(await retryWhileBusy(failing(code, 3))).toBe(4);
  });

  test("for too long fails with that reason", { timeout: 10_000 }, async () => {
    await expect(retryWhileBusy(failing("EBUSY", 100))).rejects.toThrow("EBUSY");
  });

  test("is not what any other error means", async () => {
    await expect(retryWhileBusy(failing("ENOENT", 1))).rejects.toThrow("ENOENT");
  });
});
