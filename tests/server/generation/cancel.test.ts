import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { follow } from "./follow";
import { job, jobBecomes, paint, refusal, sentence } from "./board";
import { small } from "./patience";
import { promptsOf, running } from "./received";

/** Before a job that failed is tried again: long enough that it never overtakes the one behind it. */
const FIRST_WAIT = 1_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    timings: { retryFirstMs: FIRST_WAIT },
    comfyTimings: { cancelVerifyMs: 100, cancelPollMs: 20 },
  });
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => {
  app.comfy.clearFaults();
  app.comfy.release();
});

const interrupted = (jobId: string) =>
  promptsOf(app.comfy, jobId).filter(({ promptId }) => app.comfy.interrupts.includes(promptId));

test("cancelling a running job interrupts that prompt and no other, and the next one goes on", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  const interruptsBefore = app.comfy.interrupts.length;
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const { promptId } = await running(app.comfy, jobIds[0]!);
  expect(await app.client.image.cancel.mutate({ jobIds: [jobIds[0]!] })).toEqual({
    cancelled: 0,
    cancelling: 1,
  });
  expect(await jobBecomes(app, jobIds[0]!, "cancelled")).toMatchObject({
    isCancelling: false,
    error: null,
    step: null,
  });
  await running(app.comfy, jobIds[1]!);
  app.comfy.release();
  await app.settled(projectId);
  expect(app.comfy.interrupts.slice(interruptsBefore)).toEqual([promptId]);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
    status: "pending",
    imageFile: null,
    job: null,
    error: null,
  });
  expect(await sentence(app, sentenceIds[1]!)).toMatchObject({ status: "completed" });
});

test("a cancelled job of a shot that has a picture leaves it completed, with that picture", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await paint(app, { projectId });
  const before = await sentence(app, sentenceIds[0]!);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId, force: true });
  await running(app.comfy, jobIds[0]!);
  await app.client.image.cancel.mutate({ jobIds });
  await jobBecomes(app, jobIds[0]!, "cancelled");
  const { status, selectedTakeId, isImageDirty } = await sentence(app, sentenceIds[0]!);
  expect({ status, selectedTakeId, isImageDirty }).toEqual({
    status: "completed",
    selectedTakeId: before.selectedTakeId,
    isImageDirty: false,
  });
});

test("cancelling a queued job ends it at once; it never reaches ComfyUI", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  expect(await app.client.image.cancel.mutate({ jobIds: [jobIds[1]!] })).toEqual({
    cancelled: 1,
    cancelling: 0,
  });
  expect(await job(app, jobIds[1]!)).toMatchObject({
    status: "cancelled",
    endedAt: expect.any(String) as string,
  });
  expect(await sentence(app, sentenceIds[1]!)).toMatchObject({ status: "pending", job: null });
  app.comfy.release();
  await app.settled(projectId);
  await jobBecomes(app, jobIds[0]!, "completed");
  expect(promptsOf(app.comfy, jobIds[1]!)).toEqual([]);
  // Cancelled a second time there is nothing to do.
  expect(await app.client.image.cancel.mutate({ jobIds })).toEqual({ cancelled: 0, cancelling: 0 });
});

test("cancelling a batch leaves the project's other batches alone; cancelling the project ends all", async () => {
  const { projectId, sentenceIds } = await app.project(4, small);
  app.comfy.pause();
  const first = await app.client.image.generate.mutate({ projectId, sentenceIds: sentenceIds.slice(0, 2) });
  const second = await app.client.image.generate.mutate({ projectId, sentenceIds: sentenceIds.slice(2) });
  await running(app.comfy, first.jobIds[0]!);
  expect(await app.client.image.cancel.mutate({ batchId: first.batchId! })).toEqual({
    cancelled: 1,
    cancelling: 1,
  });
  await running(app.comfy, second.jobIds[0]!);
  expect((await sentence(app, sentenceIds[3]!)).status).toBe("generating");
  expect(await app.client.image.cancel.mutate({ projectId })).toEqual({ cancelled: 1, cancelling: 1 });
  await app.settled(projectId);
  const { items } = await app.client.job.list.query({ projectId, status: "cancelled" });
  expect(items).toHaveLength(4);
  expect([...interrupted(first.jobIds[0]!), ...interrupted(second.jobIds[0]!)]).toHaveLength(2);
  expect(await app.client.queue.status.query()).toMatchObject({ queued: 0, running: 0 });
});

test("a job that is being cancelled never says again that it is not, whatever ComfyUI still tells", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.addFault({ kind: "deaf" });
  app.comfy.pause(2);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const follower = await follow(app.client, projectId);
  await app.client.image.cancel.mutate({ jobIds });
  await follower.until((event) => event.type === "sentence" && event.sentence.job?.isCancelling === true);
  const heardBefore = follower.events.length;
  app.comfy.release();
  await jobBecomes(app, jobIds[0]!, "cancelled");
  await follower.until((event) => event.type === "sentence" && event.sentence.job === null);
  const later = follower.events.slice(heardBefore);
  expect(later.flatMap((event) => (event.type === "job" ? [event.job] : []))).toEqual([]);
  follower.stop();
});

test("cancelling shots ends every take of them, and leaves the others alone", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId, takes: 3 });
  await running(app.comfy, jobIds[0]!);
  expect(await app.client.image.cancel.mutate({ sentenceIds: [sentenceIds[0]!] })).toEqual({
    cancelled: 2,
    cancelling: 1,
  });
  app.comfy.release();
  await app.settled(projectId);
  expect((await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items).toHaveLength(0);
  expect((await app.client.take.list.query({ sentenceId: sentenceIds[1]! })).items).toHaveLength(3);
  expect(
    await refusal(app.client.image.cancel.mutate({ sentenceIds: [sentenceIds[0]!, "nothing"] })),
  ).toMatchObject({ httpStatus: 404, field: "sentenceIds.1" });
});

test("an unknown job, batch or project is refused, and nothing is cancelled", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const { cancel } = app.client.image;
  expect(await refusal(cancel.mutate({ jobIds: [jobIds[0]!, "nothing"] }))).toMatchObject({
    httpStatus: 404,
    field: "jobIds.1",
  });
  expect(await refusal(cancel.mutate({ batchId: "nothing" }))).toMatchObject({
    httpStatus: 404,
    field: "batchId",
  });
  expect(await refusal(cancel.mutate({ projectId: "nothing" }))).toMatchObject({
    httpStatus: 404,
    field: "projectId",
  });
  expect(await refusal(cancel.mutate({}))).toMatchObject({ httpStatus: 400 });
  expect((await sentence(app, sentenceIds[0]!)).status).toBe("generating");
  app.comfy.release();
  await app.settled(projectId);
});
