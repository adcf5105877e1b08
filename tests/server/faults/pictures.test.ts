import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "@/server/demo-comfyui/fault";
import { startTestApp, type TestApp } from "../../support/test-app";
import { paintOne, sentence } from "../generation/board";
import { small } from "../generation/patience";
import { inputsOf, promptsOf } from "../generation/received";
import { expectMadeOnce } from "./made-once";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

test("row 5: the same inputs again make a new file, whatever ComfyUI has cached, and though the old one is gone", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  app.comfy.addFault({ kind: "picture_gone", times: 2 });
  const first = await paintOne(app, { projectId, seed: 7 });
  const again = await paintOne(app, { projectId, seed: 7, force: true });
  expect(first.job.status).toBe("completed");
  expect(again.job).toMatchObject({ status: "completed", failures: 0 });
  const prefixes = [...promptsOf(app.comfy, first.job.id), ...promptsOf(app.comfy, again.job.id)].map(
    (prompt) => inputsOf(prompt, "SaveImage").filename_prefix,
  );
  expect(new Set(prefixes).size).toBe(4);
  const { items } = await app.client.take.list.query({ sentenceId: sentenceIds[0]! });
  expect(new Set(items.map(({ file }) => file)).size).toBe(2);
});

const passing: Record<string, Fault> = {
  "row 6: success without a picture": { kind: "empty_outputs" },
  "half a PNG": { kind: "broken_picture" },
  "a file of 0 bytes": { kind: "empty_picture" },
  "text where a picture should be": { kind: "not_a_picture" },
  "a picture that is gone when it is fetched": { kind: "picture_gone" },
  "an error in a node": { kind: "execution_error" },
  "row 4: a prompt that ComfyUI took and never heard of again": { kind: "lost_prompt" },
  "an inner error of ComfyUI when the prompt is posted": { kind: "http_500" },
};

describe("is tried again with a new prompt and under another name, and the picture is made:", () => {
  test.each(Object.entries(passing))("%s", async (_, fault) => {
    const { projectId, sentenceIds } = await app.project(1, small);
    app.comfy.addFault(fault);
    const { job } = await paintOne(app, { projectId });
    expect(job).toMatchObject({ status: "completed", failures: 1, error: null });
    expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
      status: "completed",
      error: null,
      isImageDirty: false,
    });
    const files = promptsOf(app.comfy, job.id).map((prompt) => inputsOf(prompt, "SaveImage").filename_prefix);
    expect(new Set(files).size).toBe(files.length);
    expect((await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items).toHaveLength(1);
  });
});

const lasting: Record<string, { kind: Fault["kind"]; code: string; says: string }> = {
  "row 6: success without a picture": {
    kind: "empty_outputs",
    code: "no_output",
    says: "made no picture",
  },
  "half a PNG": { kind: "broken_picture", code: "picture_broken", says: "cannot be decoded" },
  "a file of 0 bytes": { kind: "empty_picture", code: "picture_broken", says: "cannot be decoded" },
};

describe("that comes each time fails the job after three attempts, in a sentence with what to do, and no other:", () => {
  test.each(Object.entries(lasting))("%s", async (_, { kind, code, says }) => {
    const { projectId, sentenceIds } = await app.project(2, small);
    app.comfy.addFault({ kind, times: 3 });
    await app.client.queue.pause.mutate({});
    const { jobIds } = await app.client.image.generate.mutate({ projectId, sentenceIds: [sentenceIds[0]!] });
    await app.client.queue.resume.mutate({});
    await app.settled(projectId);
    const failed = await app.client.job.get.query({ jobId: jobIds[0]! });
    expect(failed).toMatchObject({
      status: "failed",
      failures: 3,
      error: {
        code,
        message: expect.stringContaining(says) as string,
        remedy: expect.stringMatching(/\S/) as string,
      },
    });
    const next = await app.client.image.generate.mutate({ projectId, sentenceIds: [sentenceIds[1]!] });
    await app.settled(projectId);
    await expectMadeOnce(app, [sentenceIds[1]!], next.jobIds);
  });
});

test("a web page where a picture should be is a proxy's trouble: the finished picture is fetched later, not made again", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  app.comfy.addFault({ kind: "html", path: "GET /view" });
  app.comfy.addFault({ kind: "html", path: "GET /view", status: 502 });
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds, jobIds);
});

test("row 15: a picture is handed on without the prompt and the paths that ComfyUI wrote into it, unless they are asked for", async () => {
  const { projectId } = await app.project(1, small);
  await paintOne(app, { projectId });
  const download = async (more: object) => {
    const answer = await fetch(`${app.url}/api/v1/projects/${projectId}/download`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(more),
    });
    return Buffer.from(await answer.arrayBuffer());
  };
  // Pictures lie in the ZIP as they are.
  expect((await download({})).includes("filename_prefix")).toBe(false);
  expect((await download({ withMetadata: true })).includes("filename_prefix")).toBe(true);
  const { items } = await app.client.take.list.query({
    sentenceId: (await app.client.project.get.query({ projectId })).sections[0]!.sentences[0]!.id,
  });
  expect(items[0]).toMatchObject({
    prompt: expect.stringContaining("Shot number 1") as string,
    seed: expect.any(Number) as number,
  });
});
