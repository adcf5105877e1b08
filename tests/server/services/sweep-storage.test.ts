import { copyFile, mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { takes } from "@/server/db/schema";
import { StorageUpkeep } from "@/server/services/storage/storage-upkeep";
import { startTestApp, type TestApp } from "../../support/test-app";
import { addCharacter } from "../generation/add-character";
import { patience, small } from "../generation/patience";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const at = (file: string) => join(app.dataDir, ...file.split("/"));
const HOUR = 3_600_000;
async function place(file: string, ageMs: number, content = "half a picture"): Promise<void> {
  await mkdir(dirname(at(file)), { recursive: true });
  await writeFile(at(file), content);
  const when = new Date(Date.now() - ageMs);
  await utimes(at(file), when, when);
}
const draft = (file: string, n: number) => `${file}.0199a000-0000-4000-8000-00000000000${n}.tmp`;
/** What a start of Shotboard on this data folder finds. */
async function look() {
  const upkeep = new StorageUpkeep(app.runtime.services, null);
  app.logged.length = 0;
  upkeep.start();
  await vi.waitUntil(async () => (await upkeep.report()).sweptAt !== null, patience);
  const report = await upkeep.report();
  await upkeep.stop();
  return report;
}

test("the look at a start finds nothing wrong with a data folder that is in order", async () => {
  const { projectId } = await app.project(3, small);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await addCharacter(app, "Ada", { color: "#ff0000" });
  expect(await look()).toEqual({
    sweptAt: expect.any(String) as string,
    removedDrafts: 0,
    filesWithoutRows: { count: 0, bytes: 0, some: [] },
    rowsWithoutFiles: { count: 0, some: [] },
    backups: [],
  });
  expect(app.logged).toEqual([]);
  expect(await app.client.storage.report.query()).toMatchObject({ filesWithoutRows: { count: 0 } });
});

test("drafts that were broken off over an hour ago are removed, and nothing else is", async () => {
  const removed = [
    draft("projects/p/takes/t.png", 1),
    draft("thumbnails/projects/p/t-640.webp", 2),
    draft("room", 3),
  ];
  const kept = [
    draft("projects/p/takes/t.png", 4),
    "projects/p/notes.tmp",
    "mine.tmp",
    draft("mine/file", 5),
  ];
  for (const file of removed) await place(file, 2 * HOUR);
  await place(kept[0]!, HOUR / 2);
  for (const file of kept.slice(1)) await place(file, 2 * HOUR);
  expect(await look()).toMatchObject({ removedDrafts: 3, filesWithoutRows: { count: 0 } });
  const left = (await readdir(app.dataDir, { recursive: true })).map((file) => file.split("\\").join("/"));
  for (const file of kept) expect(left).toContain(file);
  for (const file of removed) expect(left).not.toContain(file);
});

test("pictures that nothing names are told and kept, those that are just made are left out", async () => {
  await place("projects/p/takes/orphan.png", HOUR, "12345");
  await place("tests/orphan.png", HOUR, "123");
  await place("characters/c/young.png", -HOUR);
  const { filesWithoutRows } = await look();
  expect(filesWithoutRows).toEqual({
    count: 2,
    bytes: 8,
    some: ["projects/p/takes/orphan.png", "tests/orphan.png"],
  });
  expect(app.logged).toEqual([
    { message: expect.stringContaining("nothing names") as string, fields: filesWithoutRows },
  ]);
  for (const file of filesWithoutRows.some) await rm(at(file));
});

test("what the database names and is gone is told with its project and shot, one warning for all", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const { db } = app.runtime.services.database;
  const [take] = await db.select().from(takes).where(eq(takes.sentenceId, sentenceIds[0]!));
  await copyFile(at(take!.file), at("kept.png"));
  await rm(at(take!.file));
  expect((await look()).rowsWithoutFiles).toEqual({
    count: 1,
    some: [{ projectId, sentenceId: sentenceIds[0], file: take!.file }],
  });
  expect(app.logged.map(({ message }) => message)).toEqual([
    "Files that the database names are gone from the data folder",
  ]);
  await copyFile(at("kept.png"), at(take!.file));
  await rm(at(`projects/${projectId}/images/${sentenceIds[0]}.png`));
  expect((await look()).rowsWithoutFiles).toMatchObject({
    count: 1,
    some: [{ file: `projects/${projectId}/images/${sentenceIds[0]}.png` }],
  });
});
