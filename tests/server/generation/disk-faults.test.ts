import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { sweepStorage } from "@/server/services/storage/sweep-storage";
import { addCharacterImage } from "@/server/services/character/characters";
import { toErrorAnswer } from "@/lib/to-error-answer";
import { takes } from "@/server/db/schema";
import { disk } from "../../support/failing-disk";
import { startTestApp, type TestApp } from "../../support/test-app";
import { textToImage } from "../workflow/sample-graphs";
import { job, jobBecomes, sentence } from "./board";
import { patience } from "./patience";

vi.mock("node:fs/promises", async (original) =>
  (await import("../../support/failing-disk")).disk.wrap(await original()),
);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => disk.rest());

const tiny = { width: 64, height: 64 };
/** Operations in a row that a full disk refuses. */
const BURST = 4;
const lane = async () => (await app.client.queue.status.query()).lanes[0]!;

/** Whether every file below the data folder is whole, every row has its file, and every file its row. */
async function expectAllWhole(): Promise<void> {
  const files = (await readdir(app.dataDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.filter((file) => file.endsWith(".tmp"))).toEqual([]);
  for (const file of files)
    if (/\.(png|webp)$/.test(file))
      await sharp(await readFile(file), { failOn: "warning" })
        .raw()
        .toBuffer();
  const later = new Date(Date.now() + 60_000);
  expect(await sweepStorage(app.runtime.services, later, new AbortController().signal)).toMatchObject({
    removedDrafts: 0,
    filesWithoutRows: { count: 0 },
    rowsWithoutFiles: { count: 0 },
  });
}

/** Paints two shots on a disk that refuses some operations in a row; answers how many there were. */
async function paint(from: number, code: string): Promise<number> {
  const before = app.comfy.prompts.length;
  const { projectId, sentenceIds } = await app.project(2, tiny);
  disk.watch(app.dataDir, (index) => (index >= from && index < from + BURST ? code : null));
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await vi.waitUntil(() => app.runtime.services.unshown.size === 0, patience);
  for (const id of jobIds) expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
  for (const id of sentenceIds) {
    expect(await sentence(app, id)).toMatchObject({ status: "completed", isImageDirty: false });
    expect((await app.client.take.list.query({ sentenceId: id })).items).toHaveLength(1);
  }
  expect(app.comfy.prompts.length - before, "a picture was rendered again").toBe(2);
  const { length } = disk.operations;
  disk.rest();
  await app.client.project.delete.mutate({ projectId });
  return length;
}

test(
  "a disk that is full at any one write of a run: nothing is half written, and every picture is stored once when there is room",
  { timeout: 300_000 },
  async () => {
    const { projectId } = await app.project(1, tiny);
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const all = await paint(Infinity, "ENOSPC");
    expect(all).toBeGreaterThan(30);
    // Every operation is among those that a burst refuses, first or third in one and second or last in the next.
    for (let from = 0; from < all; from += BURST / 2) {
      await paint(from, from % 3 === 0 ? "EDQUOT" : "ENOSPC");
      if (from % 8 === 0) await expectAllWhole();
    }
    await expectAllWhole();
  },
);

test("a test picture that finds the disk full is stored when there is room, and counts no failure", async () => {
  disk.watch(app.dataDir, (index) => (index < BURST ? "ENOSPC" : null));
  const { jobId } = await app.client.model.test.mutate({ modelId: "z-image-turbo", prompt: "A red door" });
  expect(await jobBecomes(app, jobId, "completed")).toMatchObject({ failures: 0 });
  await expectAllWhole();
});

test.each([
  ["the disk is full", "ENOSPC"],
  ["another program holds it", "EBUSY"],
])(
  "a thumbnail that cannot be written since %s fails no picture, which stands in for it",
  async (_, code) => {
    const { projectId, sentenceIds } = await app.project(1, tiny);
    disk.watch(app.dataDir, (_index, _operation, path) => (path.includes("thumbnails") ? code : null));
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
    const { imageUrl } = await sentence(app, sentenceIds[0]!);
    const thumbnail = `${app.url}${imageUrl!}${imageUrl!.includes("?") ? "&" : "?"}w=640`;
    const full = await fetch(thumbnail);
    expect([full.status, full.headers.get("content-type")]).toEqual([200, "image/png"]);
    disk.rest();
    const made = await fetch(thumbnail);
    expect([made.status, made.headers.get("content-type")]).toEqual([200, "image/webp"]);
  },
);

test("a data folder that cannot be written stops the lane with a sentence until it can be", async () => {
  const { projectId } = await app.project(2, tiny);
  let code: string | null = "EACCES";
  disk.watch(app.dataDir, () => code);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const stopped = await vi.waitUntil(async () => {
    const now = await lane();
    return now.state === "diskFull" ? now : null;
  }, patience);
  expect(stopped.reason).toBe(
    "Shotboard's data folder cannot be written (EACCES). Make it writable for the user who runs Shotboard; the queue goes on by itself.",
  );
  code = null;
  await app.settled(projectId);
  for (const id of jobIds) expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
  await expectAllWhole();
});

test.each(["EPERM", "EBUSY"])(
  "one file that another program holds open (%s) fails that job alone, with the reason",
  async (code) => {
    const { projectId, sentenceIds } = await app.project(2, tiny);
    let held: string | null = null;
    disk.watch(app.dataDir, (_, operation, path) => {
      if (operation !== "rename" || !path.includes("takes")) return null;
      held ??= path;
      return path === held ? code : null;
    });
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const [one, other] = await Promise.all(sentenceIds.map((id) => sentence(app, id)));
    expect(one).toMatchObject({
      status: "failed",
      error: {
        code: "file_in_use",
        message: expect.stringMatching(
          /^Another program holds the file projects\/\S+\.png open, or it must not be written\.$/,
        ) as string,
        remedy: expect.stringContaining("Close the program") as string,
      },
    });
    expect(other).toMatchObject({ status: "completed" });
    expect((await lane()).state).toBe("ready");
    await expectAllWhole();
  },
);

test("an upload on a full disk is refused with the reason at every write of it, and leaves nothing", async () => {
  const { services } = app.runtime;
  const { id: characterId } = await app.client.character.create.mutate({ name: "Ada" });
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const upload = () => addCharacterImage(services, { characterId, bytes });
  for (let at = 0; ; at += 1) {
    disk.watch(app.dataDir, (index) => (index === at ? "ENOSPC" : null));
    const error: unknown = await upload().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (disk.operations.length <= at) break;
    expect(toErrorAnswer(error)).toMatchObject({
      httpStatus: 503,
      reason: "disk_full",
      message: "Shotboard's disk is full: nothing more can be stored.",
      remedy: "Free some room; then try again.",
    });
    await expectAllWhole();
  }
  expect((await app.client.character.get.query({ characterId })).images).toHaveLength(1);
});

test("a workflow on a full disk is refused with the reason at every write of it, and is stored when there is room", async () => {
  const workflow = JSON.stringify(textToImage);
  for (let at = 0; ; at += 1) {
    disk.watch(app.dataDir, (index) => (index === at ? "ENOSPC" : null));
    const made = app.client.model.create.mutate({
      name: `Own ${at}`,
      workflowType: "text-to-image",
      workflow,
    });
    const refused: unknown = await made.then(
      () => null,
      (error: unknown) => error,
    );
    if (disk.operations.length <= at) break;
    expect(refused).toMatchObject({ data: { httpStatus: 503, reason: "disk_full" } });
    await expectAllWhole();
  }
});

test("a picture that the database has no room for leaves no file, and is stored once when there is room", async () => {
  const { database } = app.runtime.services;
  const { projectId, sentenceIds } = await app.project(1, tiny);
  const { transaction } = database.db;
  let refusals = 0;
  // As PGlite answers on a full disk, in the transaction that makes the take.
  database.db.transaction = async (work, ...rest) =>
    transaction.call(
      database.db,
      async (tx) => {
        const result = await work(tx);
        const made = await tx.$count(takes, eq(takes.sentenceId, sentenceIds[0]!));
        if (made > 0 && (refusals += 1) <= 2) throw Object.assign(new Error("no room"), { code: "53100" });
        return result;
      },
      ...rest,
    ) as never;
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  database.db.transaction = transaction;
  expect(refusals).toBeGreaterThan(2);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
  await expectAllWhole();
});
