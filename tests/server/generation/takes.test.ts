import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { halves, upload } from "../http/send-own-picture";
import { job, jobBecomes, paint, refusal, sentence, sentencesOf } from "./board";
import { patience, small } from "./patience";
import { inputsOf, isOf, running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;
/** Waits until the file of a shot is that take: its state is committed a moment before. */
async function showsTake(projectId: string, sentenceId: string, file: string): Promise<void> {
  const expected = await readFile(join(app.dataDir, file));
  const shown = join(app.dataDir, "projects", projectId, "images", `${sentenceId}.png`);
  await vi.waitUntil(async () => (await readFile(shown).catch(() => null))?.equals(expected), patience);
}

test("takes makes so many pictures of each shot, with seeds of their own, and the last finished is the one that shows", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  const answer = await app.client.image.generate.mutate({ projectId, takes: 3 });
  expect(answer).toMatchObject({ queued: 6 });
  await app.settled(projectId);
  for (const sentenceId of sentenceIds) {
    const takes = await takesOf(sentenceId);
    expect(takes).toHaveLength(3);
    expect(new Set(takes.map((take) => take.seed)).size).toBe(3);
    expect(takes.map((take) => take.isSelected)).toEqual([true, false, false]);
    expect(await sentence(app, sentenceId)).toMatchObject({
      selectedTakeId: takes[0]!.id,
      isImageDirty: false,
      status: "completed",
    });
    await showsTake(projectId, sentenceId, takes[0]!.file);
  }
});

test("a seed that was asked for, or is locked, is the first take's, and the others count up from it", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const seeds = async (seed?: number) =>
    (await paint(app, { projectId, force: true, takes: 3, seed })).map(
      ({ prompt }) => inputsOf(prompt, "KSampler").seed,
    );
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, seed: 70, isSeedLocked: true });
  expect(await seeds()).toEqual([70, 71, 72]);
  expect(await seeds(2 ** 53 - 1)).toEqual([2 ** 53 - 1, 0, 1]);
});

test("with several takes a shot is generating until all have settled, and shows the running one", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  let arrived = 0;
  app.comfy.addFault({ kind: "stall", match: () => ++arrived === 2 });
  const { jobIds } = await app.client.image.generate.mutate({ projectId, takes: 3 });
  await running(app.comfy, jobIds[1]!);
  await jobBecomes(app, jobIds[0]!, "completed");
  const now = await sentence(app, sentenceIds[0]!);
  expect(now).toMatchObject({
    status: "generating",
    job: { id: jobIds[1], status: "running" },
    openJobs: 2,
    isImageDirty: false,
  });
  expect(now.selectedTakeId).toBe((await takesOf(sentenceIds[0]!))[0]!.id);
  app.comfy.release();
  await app.settled(projectId);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
    status: "completed",
    job: null,
    openJobs: 0,
  });
});

test("a shot failed only if none of its takes made a picture; why one of them did not is told until it is kept or painted again", async () => {
  const { projectId, sentenceIds } = await app.project(3, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, takes: 2, dryRun: true });
  expect(jobIds).toEqual([]);
  const doomed: string[] = [];
  app.comfy.addFault({
    kind: "execution_error",
    times: Infinity,
    match: (graph) => doomed.some((id) => isOf({ graph }, id)),
  });
  app.comfy.pause();
  const batch = await app.client.image.generate.mutate({ projectId, takes: 2 });
  // The first shot loses both takes, the others one of them: the last, the first.
  doomed.push(batch.jobIds[0]!, batch.jobIds[1]!, batch.jobIds[3]!, batch.jobIds[4]!);
  app.comfy.release();
  await app.settled(projectId);
  app.comfy.clearFaults();
  const statuses = await Promise.all(batch.jobIds.map(async (id) => (await job(app, id)).status));
  expect(statuses).toEqual(["failed", "failed", "completed", "failed", "failed", "completed"]);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
    status: "failed",
    error: { code: "execution_failed" },
    imageFile: null,
  });
  for (const id of sentenceIds.slice(1))
    expect(await sentence(app, id)).toMatchObject({
      status: "completed",
      error: { code: "execution_failed" },
    });
  const kept = await app.client.image.keep.mutate({ projectId, sentenceIds: [sentenceIds[1]!] });
  expect(kept).toEqual({ kept: 1, skipped: [] });
  expect(await sentence(app, sentenceIds[1]!)).toMatchObject({
    status: "completed",
    failedJobs: 0,
    error: null,
  });
  await app.client.image.generate.mutate({ projectId, force: true });
  await app.settled(projectId);
  for (const id of sentenceIds)
    expect(await sentence(app, id)).toMatchObject({ status: "completed", error: null });
});

describe("a redo that failed beside takes that were asked for with it", () => {
  /** A shot with a picture, another one of it being painted, and its first one to be redone after that. */
  const asked = async (takes: number) => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const sentenceId = sentenceIds[0]!;
    await paint(app, { projectId });
    const [first] = await takesOf(sentenceId);
    app.comfy.pause();
    const batch = await app.client.image.generate.mutate({ projectId, force: true, takes });
    await running(app.comfy, batch.jobIds[0]!);
    const { jobIds } = await app.client.take.redo.mutate({ takeId: first!.id });
    const redo = jobIds[0]!;
    app.comfy.addFault({ kind: "refuse_prompt", match: (graph) => isOf({ graph }, redo) });
    return { projectId, sentenceId, jobIds: batch.jobIds, redo };
  };
  const told = { status: "completed", failedJobs: 1, error: { code: "invalid_workflow" } };

  test("stays told when those are done, until it is tried again", async () => {
    const { projectId, sentenceId, jobIds, redo } = await asked(3);
    await app.client.image.prioritize.mutate({ jobIds: [redo], priority: 1 });
    app.comfy.release();
    await app.settled(projectId);
    const ends = await Promise.all(
      [redo, jobIds[2]!].map(async (id) => Date.parse((await job(app, id)).endedAt!)),
    );
    expect(ends[0]).toBeLessThan(ends[1]!);
    expect(await sentence(app, sentenceId)).toMatchObject(told);
    // Beside a picture it is tried again only where it is named.
    const retry = (sentenceIds?: string[]) => app.client.image.retryFailed.mutate({ projectId, sentenceIds });
    expect(await retry()).toMatchObject({ queued: 0 });
    expect(await retry([sentenceId])).toMatchObject({ queued: 1 });
    await app.settled(projectId);
    expect(await sentence(app, sentenceId)).toMatchObject({
      status: "completed",
      failedJobs: 0,
      error: null,
    });
  });

  test("does not make the shot a failed one, though it was the last", async () => {
    const { projectId, sentenceId, jobIds } = await asked(1);
    await app.client.queue.pause.mutate({});
    app.comfy.release();
    await jobBecomes(app, jobIds[0]!, "completed");
    await app.client.queue.resume.mutate({});
    await app.settled(projectId);
    expect(await sentence(app, sentenceId)).toMatchObject(told);
  });
});

test("of what failed nothing is told in a copy of the project, nor once another picture is given", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const told = { status: "failed", failedJobs: 2, error: { code: "execution_failed" } };
  const nothing = { failedJobs: 0, error: null };
  app.comfy.addFault({ kind: "execution_error", times: Infinity });
  await app.client.image.generate.mutate({ projectId, takes: 2 });
  await app.settled(projectId);
  app.comfy.clearFaults();
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject(told);
  const copy = await app.client.project.duplicate.mutate({ projectId });
  expect(await sentencesOf(app, copy.id)).toMatchObject([{ status: "pending", ...nothing }]);
  await upload(app, sentenceIds[0]!, await halves());
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "completed", ...nothing });
});

test("a take that the user selects during a render is not pushed aside by it", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const sentenceId = sentenceIds[0]!;
  await paint(app, { projectId, takes: 2 });
  const [, older] = await takesOf(sentenceId);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId, force: true });
  await running(app.comfy, jobIds[0]!);
  await app.client.take.select.mutate({ takeId: older!.id });
  app.comfy.release();
  await app.settled(projectId);
  expect(await takesOf(sentenceId)).toHaveLength(3);
  expect(await sentence(app, sentenceId)).toMatchObject({
    selectedTakeId: older!.id,
    isImageDirty: false,
    status: "completed",
  });
  await showsTake(projectId, sentenceId, older!.file);
  // A request after that choice wins again.
  await paint(app, { projectId, force: true });
  expect((await takesOf(sentenceId))[0]!.isSelected).toBe(true);
});

test("selecting a take that was made from another prompt makes the shot dirty", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const sentenceId = sentenceIds[0]!;
  await paint(app, { projectId });
  await app.client.sentence.update.mutate({ sentenceId, imagePrompt: "Another one" });
  await paint(app, { projectId });
  const [fresh, stale] = await takesOf(sentenceId);
  await app.client.take.select.mutate({ takeId: stale!.id });
  expect(await sentence(app, sentenceId)).toMatchObject({ isImageDirty: true, selectedTakeId: stale!.id });
  await app.client.take.select.mutate({ takeId: fresh!.id });
  expect(await sentence(app, sentenceId)).toMatchObject({ isImageDirty: false, selectedTakeId: fresh!.id });
});

test("takes are 1 to 8", async () => {
  const { projectId } = await app.project(1, small);
  for (const takes of [0, 9, 1.5])
    expect(await refusal(app.client.image.generate.mutate({ projectId, takes }))).toMatchObject({
      httpStatus: 400,
      field: "takes",
    });
  expect(await app.client.image.generate.mutate({ projectId, takes: 8, dryRun: true })).toMatchObject({
    queued: 8,
    jobIds: [],
    batchId: null,
  });
});
