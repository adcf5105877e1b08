import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { jobBecomes } from "./board";
import { small } from "./patience";
import { promptsOf, running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.release());

/** Two jobs, the first of which stands still before its last sampling step, when the second has begun. */
async function beginBoth(): Promise<{ projectId: string; sentenceIds: string[]; jobIds: [string, string] }> {
  const { projectId, sentenceIds } = await app.project(2, small);
  app.comfy.pause(7);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 8 });
  const [first, second] = jobIds as [string, string];
  await running(app.comfy, first);
  await jobBecomes(app, second, "running");
  return { projectId, sentenceIds, jobIds: [first, second] };
}

test("the next job begins while the one before it ends, and is posted only when ComfyUI is done with that", async () => {
  const { projectId, jobIds } = await beginBoth();
  expect(promptsOf(app.comfy, jobIds[1])).toHaveLength(0);
  app.comfy.release();
  await app.settled(projectId);
  expect(promptsOf(app.comfy, jobIds[0])).toHaveLength(1);
  expect(promptsOf(app.comfy, jobIds[1])).toHaveLength(1);
  expect(app.comfy.maxPending).toBe(1);
});

test("a job that has begun and stands in line is cancelled at once, and never posted", async () => {
  const { projectId, jobIds } = await beginBoth();
  await app.client.image.cancel.mutate({ jobIds: [jobIds[1]] });
  await jobBecomes(app, jobIds[1], "cancelled");
  app.comfy.release();
  await app.settled(projectId);
  expect(promptsOf(app.comfy, jobIds[1])).toHaveLength(0);
  await jobBecomes(app, jobIds[0], "completed");
});

test("a pause lets the job that has begun end, and no other begin", async () => {
  const { projectId, jobIds } = await beginBoth();
  const { projectId: later } = await app.project(1, small);
  await app.client.queue.pause.mutate({});
  const { jobIds: waiting } = await app.client.image.generate.mutate({ projectId: later });
  app.comfy.release();
  await app.settled(projectId);
  for (const id of jobIds) await jobBecomes(app, id, "completed");
  expect(promptsOf(app.comfy, waiting[0]!)).toHaveLength(0);
  await app.client.queue.resume.mutate({});
  await app.settled(later);
});
