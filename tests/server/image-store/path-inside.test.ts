import { existsSync, lstatSync, realpathSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idSchema } from "@/lib/schemas/common";
import { ImageStore } from "@/server/image-store/image-store";
import { pathInside } from "@/server/image-store/path-inside";
import { imageFile, projectFolder, referenceFile, takeFile, testFile } from "@/server/image-store/paths";
import { saveWorkflow } from "@/server/services/model/save-workflow";

const SECRET = "not for you";

let top: string;
let dataDir: string;
let outside: string;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), "shotboard-inside-")));
  dataDir = join(top, "data");
  outside = join(top, "outside");
  await mkdir(join(dataDir, "projects", "real", "takes"), { recursive: true });
  await mkdir(join(outside, "takes"), { recursive: true });
  await writeFile(join(outside, "secret.png"), SECRET);
  await writeFile(join(outside, "takes", "secret.png"), SECRET);
  // A junction: Windows lets everybody make one.
  await symlink(outside, join(dataDir, "projects", "linked"), "junction");
  await symlink(top, join(dataDir, "up"), "junction");
  await symlink(join(top, "nowhere"), join(dataDir, "projects", "dangling"), "junction");
  await symlink(join(dataDir, "projects", "loop"), join(dataDir, "projects", "loop"), "junction");
  if (process.platform !== "win32")
    await symlink(join(outside, "secret.png"), join(dataDir, "projects", "real", "takes", "linked.png"));
});
afterEach(async () => {
  await rm(top, { recursive: true, force: true, maxRetries: 5 });
});

const refused = expect.objectContaining({ code: "FORBIDDEN", reason: "file_outside" }) as Error;
/** What lies outside the data folder. */
const around = async () =>
  (await readdir(top, { recursive: true }))
    .filter((one) => one !== "data" && !one.startsWith(`data${sep}`))
    .toSorted();

/** Parts of names that lead somewhere, on some system. */
const PARTS =
  ".. . ... ~ real projects takes linked linked.png dangling loop up outside secret.png data C: c: con NUL aux.png".split(
    " ",
  );
const ODD = [
  "",
  " ",
  "a\u0000b",
  "..\\..",
  "..%2f..",
  "%2e%2e",
  "/etc/passwd",
  "\\\\server\\share",
  "\\",
  "a\\b",
  "..;",
];
const ODDER = ["\uff0e\uff0e", "\u2025", ".hidden", "a.", "a ", "x.png"];
const part = fc.oneof(
  fc.constantFrom(...PARTS),
  fc.constantFrom(...ODD),
  fc.constantFrom(...ODDER),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const name = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join("/")),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("\\")),
  part,
  fc.string({ maxLength: 300 }),
);

/** Whether a path really lies in the data folder: its deepest part that is there does, by whatever links. */
function isInside(path: string): boolean {
  const parts = path.slice(dataDir.length + 1).split(sep);
  if (!path.startsWith(dataDir + sep) || parts.includes("..")) return false;
  let real = dataDir;
  for (const one of parts) {
    const at = join(real, one);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (!found) break;
    // Of a link that leads nowhere, or to itself, nobody knows where it will lead.
    if (found.isSymbolicLink() && !existsSync(at)) return false;
    real = realpathSync(at);
  }
  return real === dataDir || real.startsWith(dataDir + sep);
}

describe("a stored or requested name", () => {
  test("never becomes a path outside the data folder, whatever it is", () => {
    let paths = 0;
    fc.assert(
      fc.property(name, (file) => {
        let path: string;
        try {
          path = pathInside(dataDir, file);
        } catch (error) {
          expect(error).toEqual(refused);
          return;
        }
        paths += 1;
        expect(isInside(path), file).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    // Else it would prove nothing.
    expect(paths).toBeGreaterThan(50);
    expect(isInside(pathInside(dataDir, "up/data"))).toBe(true);
  });

  test("never reads, writes, links or removes anything outside", async () => {
    const store = new ImageStore(dataDir);
    const png = await sharp({ create: { width: 16, height: 16, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const before = await around();
    await fc.assert(
      fc.asyncProperty(name, name, async (file, other) => {
        const works: (() => Promise<unknown>)[] = [
          async () => expect(String(await store.read(file))).not.toContain(SECRET),
          () => store.exists(file),
          () => store.size(file),
          () => store.thumbnail(file, 320),
          () => store.storeTake(file, other, png),
          () => store.storeTest(file, png),
          () => store.storeReference(file, other, png),
          () => store.copyTake(file, "real", "copy"),
          () => store.showTake("real", "shot", file),
          () => store.showTake(file, other, "projects/real/takes/a.png"),
          () => store.remove(file),
          () => store.removeProject(file),
          () => store.removeCharacter(file),
          () => saveWorkflow({ dataDir }, file, '{"1":{"class_type":"A","inputs":{}}}'),
        ];
        // Refused, or done where it belongs: what became of it is looked at below.
        for (const work of works) await work().catch((error: unknown) => expect(error).toBeInstanceOf(Error));
        expect(await readFile(join(outside, "secret.png"), "utf8")).toBe(SECRET);
        expect(await readFile(join(outside, "takes", "secret.png"), "utf8")).toBe(SECRET);
      }),
      { numRuns: 150 },
    );
    expect(await around()).toEqual(before);
  });
});

describe("an id", () => {
  test("makes a path only where it is one, and then inside", () => {
    fc.assert(
      fc.property(fc.oneof(part, name), fc.oneof(part, name), (one, other) => {
        for (const make of [
          () => takeFile(one, other),
          () => imageFile(one, other),
          () => referenceFile(one, other),
          () => testFile(one),
          () => projectFolder(one),
        ]) {
          let file: string;
          try {
            file = make();
          } catch {
            const ids = make.toString().includes("other") ? [one, other] : [one];
            expect(ids.some((id) => !idSchema.safeParse(id).success)).toBe(true);
            continue;
          }
          expect(file).toMatch(
            /^(projects|characters|tests)\/[a-z0-9-]+(\/(takes|images))?(\/?[a-z0-9-]+)?(\.png)?$/,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a link in the data folder", () => {
  test.each([
    "projects/linked/takes/secret.png",
    "projects/linked/takes/new.png",
    "projects/linked",
    "up/outside/secret.png",
    "up/data/projects/real/takes/a.png".replace("up/data", "up/elsewhere"),
    "projects/dangling/takes/a.png",
    "projects/loop/a.png",
  ])("that leads outside is refused: %s", (file) => {
    expect(() => pathInside(dataDir, file)).toThrow(refused);
  });

  test.runIf(process.platform !== "win32")(
    "to a single file outside is refused too, to read and to write",
    async () => {
      const store = new ImageStore(dataDir);
      await expect(store.read("projects/real/takes/linked.png")).rejects.toEqual(refused);
      await expect(store.storeTake("real", "linked", Buffer.from("x"))).rejects.toThrow(Error);
      await expect(store.copyTake("projects/real/takes/linked.png", "real", "copy")).rejects.toEqual(refused);
    },
  );

  test("is not followed when a project is removed", async () => {
    const store = new ImageStore(dataDir);
    await expect(store.removeProject("linked")).rejects.toEqual(refused);
    expect(await readdir(outside)).toEqual(["secret.png", "takes"]);
  });

  test("may be the data folder itself, and one that stays inside is followed", async () => {
    const linked = join(top, "linked-data");
    await symlink(dataDir, linked, "junction");
    expect(pathInside(linked, "projects/real/takes/a.png")).toBe(
      join(linked, "projects", "real", "takes", "a.png"),
    );
    await symlink(join(dataDir, "projects", "real"), join(dataDir, "projects", "alias"), "junction");
    expect(pathInside(dataDir, "projects/alias/takes/a.png")).toMatch(/a\.png$/);
    expect((await lstat(linked)).isSymbolicLink()).toBe(true);
  });

  test("is not there yet where the data folder is not: a first start makes it", () => {
    expect(pathInside(join(top, "new", "data"), "projects/a/takes/b.png")).toBe(
      join(top, "new", "data", "projects", "a", "takes", "b.png"),
    );
  });
});
