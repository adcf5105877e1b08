import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { linkSafely, writeFileSafely } from "@/server/image-store/write-file";
import { disk } from "../../support/failing-disk";

vi.mock("node:fs/promises", async (original) =>
  (await import("../../support/failing-disk")).disk.wrap(await original()),
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-order-"));
});
afterEach(async () => {
  disk.rest();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** What was done, each operation with its path below the folder, drafts as `*`. */
const done = () =>
  disk.operations.map(
    ({ operation, path }) =>
      `${operation} ${relative(folder, path).replace(/\.[0-9a-f-]{36}\.tmp$/, "*") || "."}`,
  );

test.skipIf(process.platform === "win32")(
  "a file has its name only once its bytes are safe, and every new name is safe before it is told",
  async () => {
    disk.watch(folder, () => null);
    await writeFileSafely(join(folder, "a", "b", "one.png"), Buffer.from("one"));
    expect(done()).toEqual([
      "mkdir a/b",
      "open a",
      "sync a",
      "open .",
      "sync .",
      "open a/b/one.png*",
      "write a/b/one.png*",
      "sync a/b/one.png*",
      "rename a/b/one.png",
      "open a/b",
      "sync a/b",
    ]);
    disk.watch(folder, () => null);
    await linkSafely(join(folder, "a", "b", "one.png"), join(folder, "a", "b", "two.png"));
    expect(done()).toEqual(["mkdir a/b", "link a/b/two.png*", "rename a/b/two.png", "open a/b", "sync a/b"]);
    disk.watch(folder, (_, operation) => (operation === "link" ? "EXDEV" : null));
    await linkSafely(join(folder, "a", "b", "one.png"), join(folder, "a", "b", "two.png"));
    expect(done().slice(1)).toEqual([
      "link a/b/two.png*",
      "copyFile a/b/two.png*",
      "open a/b/two.png*",
      "sync a/b/two.png*",
      "rename a/b/two.png",
      "open a/b",
      "sync a/b",
    ]);
  },
);

test("a file system that cannot sync a folder is taken as it is, one that fails is not", async () => {
  disk.watch(folder, (_, operation, path) => (operation === "sync" && path === folder ? "EINVAL" : null));
  await writeFileSafely(join(folder, "one.png"), Buffer.from("one"));
  if (process.platform === "win32") return;
  disk.watch(folder, (_, operation, path) => (operation === "sync" && path === folder ? "EIO" : null));
  await expect(writeFileSafely(join(folder, "one.png"), Buffer.from("one"))).rejects.toThrow("EIO");
});
