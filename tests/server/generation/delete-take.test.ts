import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sentences, takes } from "@/server/db/schema";
import { expireTakes } from "@/server/services/storage/expire-takes";
import { startTestApp, type TestApp } from "../../support/test-app";
import { paint, refusal, sentence } from "./board";
import { patience, small } from "./patience";
import { running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;
const remove = (takeId: string) => app.client.take.delete.mutate({ takeId });
const isThere = (file: string) => existsSync(join(app.dataDir, file));
const shownFile = (projectId: string, sentenceId: string) => `projects/${projectId}/images/${sentenceId}.png`;

/** A project of one shot with that many takes, the newest first. */
async function painted(count: number) {
  const { projectId, sentenceIds } = await app.project(1, small);
  const [sentenceId] = sentenceIds as [string];
  await paint(app, { projectId, takes: count });
  return { projectId, sentenceId, items: await takesOf(sentenceId) };
}

/** Makes a deletion that long past, by the database's clock. */
async function age(takeId: string, minutes: number): Promise<void> {
  const deletedAt = sql`now() - make_interval(mins => ${minutes})`;
  await app.runtime.services.database.db.update(takes).set({ deletedAt }).where(eq(takes.id, takeId));
}

test("a deleted take is not found any more, and its shot keeps what it shows", async () => {
  const { sentenceId, items } = await painted(2);
  const [shown, spare] = items;
  const before = await sentence(app, sentenceId);
  expect(await remove(spare!.id)).toEqual({ id: spare!.id, wasSelected: false, selectedTakeId: shown!.id });
  expect(await takesOf(sentenceId)).toEqual([shown]);
  expect(await sentence(app, sentenceId)).toEqual(before);
  for (const call of [() => app.client.take.select.mutate({ takeId: spare!.id }), () => remove(spare!.id)])
    expect(await refusal(call())).toMatchObject({ httpStatus: 404, field: "takeId" });
  expect((await fetch(app.url + spare!.url)).status).toBe(404);
  // Its file waits for the hour to be over.
  expect(isThere(spare!.file)).toBe(true);
});

test("in the place of the shown take comes the newest that is left, dirty by what it was made from", async () => {
  const { projectId, sentenceId, items } = await painted(2);
  await app.client.sentence.update.mutate({ sentenceId, imagePrompt: "Another one" });
  await paint(app, { projectId });
  const [fresh] = await takesOf(sentenceId);
  const told = app.event(
    projectId,
    (event) => event.type === "sentence" && event.sentence.selectedTakeId === items[0]!.id,
  );
  expect(await remove(fresh!.id)).toMatchObject({ wasSelected: true, selectedTakeId: items[0]!.id });
  await told;
  expect(await sentence(app, sentenceId)).toMatchObject({
    selectedTakeId: items[0]!.id,
    isImageDirty: true,
    status: "completed",
  });
  const expected = await readFile(join(app.dataDir, items[0]!.file));
  expect(await readFile(join(app.dataDir, shownFile(projectId, sentenceId)))).toEqual(expected);
});

test("a take whose file is gone is passed over, and the shot of the last take has no picture", async () => {
  const { projectId, sentenceId, items } = await painted(3);
  const [newest, broken, oldest] = items;
  await rm(join(app.dataDir, broken!.file));
  expect(await takesOf(sentenceId)).toMatchObject([{}, { id: broken!.id, isFileGone: true }, {}]);
  expect(await refusal(app.client.take.select.mutate({ takeId: broken!.id }))).toMatchObject({
    httpStatus: 409,
    reason: "take_file_gone",
  });
  expect(await remove(newest!.id)).toMatchObject({ selectedTakeId: oldest!.id });
  expect(await remove(oldest!.id)).toMatchObject({ selectedTakeId: null });
  expect(await sentence(app, sentenceId)).toMatchObject({
    selectedTakeId: null,
    imageFile: null,
    imageUrl: null,
    shownTake: null,
    status: "pending",
    isImageDirty: true,
  });
  expect(isThere(shownFile(projectId, sentenceId))).toBe(false);
  const packed = await app.client.project.board.query({ projectId });
  expect(JSON.stringify(packed)).not.toContain(oldest!.id);
  // It needs a picture like one that never had any.
  expect(await app.client.image.generate.mutate({ projectId, dryRun: true })).toMatchObject({ queued: 1 });
  expect((await app.client.download.plan.query({ projectId })).pictures).toBe(0);
});

test("the picture of a locked shot stays; its other takes go", async () => {
  const { sentenceId, items } = await painted(2);
  await app.client.sentence.update.mutate({ sentenceId, isLocked: true });
  expect(await refusal(remove(items[0]!.id))).toMatchObject({
    httpStatus: 409,
    reason: "shot_locked",
    field: "takeId",
  });
  expect(await remove(items[1]!.id)).toMatchObject({ wasSelected: false });
  expect((await sentence(app, sentenceId)).selectedTakeId).toBe(items[0]!.id);
});

test("within the hour a take is brought back, and shown again where nothing else was chosen since", async () => {
  const { projectId, sentenceId, items } = await painted(3);
  const [newest, middle, oldest] = items;
  const before = await sentence(app, sentenceId);
  const { selectedTakeId } = await remove(newest!.id);
  const restore = (insteadOf?: string | null) =>
    app.client.take.restore.mutate({ takeId: newest!.id, ...(insteadOf !== undefined && { insteadOf }) });
  expect(await restore(selectedTakeId)).toEqual({ id: newest!.id, selectedTakeId: newest!.id });
  expect(await takesOf(sentenceId)).toEqual(items);
  expect(await sentence(app, sentenceId)).toEqual(before);
  const expected = await readFile(join(app.dataDir, newest!.file));
  expect(await readFile(join(app.dataDir, shownFile(projectId, sentenceId)))).toEqual(expected);

  // Chosen since: that stays.
  await remove(newest!.id);
  await app.client.take.select.mutate({ takeId: oldest!.id });
  expect(await restore(middle!.id)).toEqual({ id: newest!.id, selectedTakeId: oldest!.id });
  expect(await takesOf(sentenceId)).toHaveLength(3);
  // Once more, and without what it stood for: nothing changes.
  expect(await restore(oldest!.id)).toEqual({ id: newest!.id, selectedTakeId: oldest!.id });
  await remove(newest!.id);
  expect(await restore()).toMatchObject({ selectedTakeId: oldest!.id });
});

test("the only take of a shot is brought back as its picture", async () => {
  const { sentenceId, items } = await painted(1);
  const before = await sentence(app, sentenceId);
  expect(await remove(items[0]!.id)).toMatchObject({ selectedTakeId: null });
  await app.client.take.restore.mutate({ takeId: items[0]!.id, insteadOf: null });
  expect(await sentence(app, sentenceId)).toEqual(before);
  expect((await fetch(app.url + before.imageUrl)).status).toBe(200);
});

test("a picture that is painted while the shown take is deleted is shown when it is done", async () => {
  const { projectId, sentenceId, items } = await painted(1);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId, force: true });
  await running(app.comfy, jobIds[0]!);
  // Chosen by hand since the request, which would hold the new picture back; the choice goes with its take.
  await app.client.take.select.mutate({ takeId: items[0]!.id });
  await remove(items[0]!.id);
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "generating", imageFile: null });
  app.comfy.release();
  await app.settled(projectId);
  const [fresh] = await takesOf(sentenceId);
  expect(await sentence(app, sentenceId)).toMatchObject({ selectedTakeId: fresh!.id, status: "completed" });
});

test("a take that is selected and deleted at the same moment is never both", async () => {
  const { projectId, sentenceId, items } = await painted(4);
  for (const take of items) {
    const results = await Promise.allSettled([
      remove(take.id),
      ...items.map((one) => app.client.take.select.mutate({ takeId: one.id })),
      app.client.take.restore.mutate({ takeId: take.id, insteadOf: take.id }),
    ]);
    expect(results.some((one) => one.status === "fulfilled")).toBe(true);
    const { selectedTakeId } = await sentence(app, sentenceId);
    const left = (await takesOf(sentenceId)).map((one) => one.id);
    expect(selectedTakeId === null || left.includes(selectedTakeId)).toBe(true);
  }
  const [shown] = (await takesOf(sentenceId)).filter((one) => one.isSelected);
  if (shown) {
    const expected = await readFile(join(app.dataDir, shown.file));
    expect(await readFile(join(app.dataDir, shownFile(projectId, sentenceId)))).toEqual(expected);
  }
});

test("after an hour row and file are gone, not before, and not what was brought back", async () => {
  const { sentenceId, items } = await painted(4);
  const [shown, over, early, restored] = items;
  for (const one of [over!, early!, restored!]) await remove(one.id);
  await age(over!.id, 61);
  await age(early!.id, 59);
  await age(restored!.id, 61);
  await app.client.take.restore.mutate({ takeId: restored!.id });
  expect(await expireTakes(app.runtime.services)).toBe(1);
  expect(items.map((one) => isThere(one.file))).toEqual([true, false, true, true]);
  expect(await takesOf(sentenceId)).toEqual([shown, restored]);
  expect(await refusal(app.client.take.restore.mutate({ takeId: over!.id }))).toMatchObject({
    httpStatus: 404,
    reason: "take_not_found",
    remedy: expect.stringContaining("An hour") as string,
  });
  await app.client.take.restore.mutate({ takeId: early!.id });
  expect(await takesOf(sentenceId)).toHaveLength(3);
  expect(await expireTakes(app.runtime.services)).toBe(0);
});

test("a start removes what a crash left: also the picture of a shot that shows none", async () => {
  const { projectId, sentenceId, items } = await painted(1);
  const [take] = items;
  // As a crash leaves it between the commit and the file.
  await app.runtime.services.database.db
    .update(sentences)
    .set({ selectedTakeId: null, imageFile: null, status: "pending" })
    .where(eq(sentences.id, sentenceId));
  await age(take!.id, 61);
  expect(isThere(shownFile(projectId, sentenceId))).toBe(true);
  app.runtime.services.storage.start();
  await vi.waitUntil(() => !isThere(take!.file) && !isThere(shownFile(projectId, sentenceId)), patience);
  expect(isThere(`thumbnails/projects/${projectId}/takes/${take!.id}-640.webp`)).toBe(false);
});

test("a take that is shown while the shot's former picture is cleared away keeps its file in images/", async () => {
  const { projectId, sentenceId, items } = await painted(2);
  const [newest, other] = items;
  const { services } = app.runtime;
  const { db } = services.database;
  // As a crash leaves it between the commit and the file.
  await db
    .update(sentences)
    .set({ selectedTakeId: null, imageFile: null, status: "pending" })
    .where(eq(sentences.id, sentenceId));
  await age(newest!.id, 61);
  const remove = services.images.remove.bind(services.images);
  const removing = vi.spyOn(services.images, "remove").mockImplementation(async (file) => {
    if (file === shownFile(projectId, sentenceId)) await app.client.take.select.mutate({ takeId: other!.id });
    await remove(file);
  });
  expect(await expireTakes(services)).toBe(1);
  removing.mockRestore();
  expect(await sentence(app, sentenceId)).toMatchObject({ selectedTakeId: other!.id });
  expect(isThere(shownFile(projectId, sentenceId))).toBe(true);
});

test("an own picture's file as it was given goes with the last take that was made of it", async () => {
  const { items } = await painted(3);
  const [, one, two] = items;
  const { db } = app.runtime.services.database;
  const original = items[0]!.file.replace(items[0]!.id, "original");
  await app.runtime.services.images.copyTake(items[0]!.file, items[0]!.file.split("/")[1]!, "original");
  for (const take of [one!, two!])
    await db.update(takes).set({ originalFile: original, renderer: "own" }).where(eq(takes.id, take.id));
  for (const [take, isLeft] of [
    [one!, true],
    [two!, false],
  ] as const) {
    await remove(take.id);
    await age(take.id, 61);
    await expireTakes(app.runtime.services);
    expect([isThere(take.file), isThere(original)]).toEqual([false, isLeft]);
  }
});

test("a style's preview is not a deleted take", async () => {
  const style = await app.client.style.create.mutate({
    name: "Of deleted takes",
    styleType: "prompt",
    promptPrefix: "chalk",
  });
  const { projectId, sentenceIds } = await app.project(1, { ...small, styleId: style.id });
  await paint(app, { projectId, takes: 2 });
  const [newest, older] = await takesOf(sentenceIds[0]!);
  const preview = async () => (await app.client.style.get.query({ styleId: style.id })).previewUrl;
  expect(await preview()).toBe(newest!.url);
  await remove(newest!.id);
  expect(await preview()).toBe(older!.url);
  await remove(older!.id);
  expect(await preview()).toBeNull();
});
