import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { jobBecomes } from "../generation/board";
import { small } from "../generation/patience";
import { promptsOf } from "../generation/received";
import { expectMadeOnce } from "./made-once";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const paint = async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  return { sentenceIds, jobIds };
};

test("a ComfyUI that restarts after it took a prompt and before its first word: the prompt is lost, and posted again once", async () => {
  app.comfy.addFault({ kind: "restart_after", path: "POST /prompt" });
  const { sentenceIds, jobIds } = await paint();
  expect(promptsOf(app.comfy, jobIds[0]!)).toMatchObject([{ startedAt: null }, {}]);
  await expectMadeOnce(app, sentenceIds, jobIds.slice(1));
  expect(await jobBecomes(app, jobIds[0]!, "completed")).toMatchObject({ error: null });
});

test("a ComfyUI that restarts instead of answering a post: it is looked up, not found, and posted once", async () => {
  app.comfy.addFault({ kind: "restart_before", path: "POST /prompt" });
  const { sentenceIds, jobIds } = await paint();
  await expectMadeOnce(app, sentenceIds, jobIds);
});

test("a ComfyUI that restarts between a picture's end and its download: its disk still has the picture, which is not made again", async () => {
  app.comfy.addFault({ kind: "restart_before", path: "GET /view" });
  const { sentenceIds, jobIds } = await paint();
  // Only the next one, which ComfyUI had by then, is posted again.
  expect(promptsOf(app.comfy, jobIds[0]!)).toHaveLength(1);
  for (const id of jobIds) expect(await jobBecomes(app, id, "completed")).toMatchObject({ error: null });
  for (const sentenceId of sentenceIds)
    expect((await app.client.take.list.query({ sentenceId })).items).toHaveLength(1);
});

test("a ComfyUI that restarts on another machine's disk between a picture's end and its download: it is made again, once", async () => {
  app.comfy.addFault({ kind: "picture_gone" });
  app.comfy.addFault({ kind: "restart_before", path: "GET /view" });
  const { projectId, sentenceIds } = await app.project(1, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds, jobIds, { renders: 2, failures: 1 });
});

test("a ComfyUI that restarts while it is asked how far a picture is", async () => {
  app.comfy.addFault({ kind: "restart_before", path: "GET /history" });
  app.comfy.addFault({ kind: "silent_socket" });
  const { sentenceIds, jobIds } = await paint();
  for (const id of jobIds) expect(await jobBecomes(app, id, "completed")).toMatchObject({ error: null });
  for (const sentenceId of sentenceIds)
    expect((await app.client.take.list.query({ sentenceId })).items).toHaveLength(1);
});
