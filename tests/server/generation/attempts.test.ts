import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Fault } from "@/server/demo-comfyui/fault";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job as readJob, jobBecomes, paint, paintOne, sentence } from "./board";
import { follow } from "./follow";
import { patience, small } from "./patience";
import { isOf, promptsOf } from "./received";
import { requestsTo } from "./requests-to";

/** ms before the second attempt; the third waits 2.5 times as long. */
const FIRST_WAIT = 100;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ timings: { retryFirstMs: FIRST_WAIT } });
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const shown = (projectId: string, sentenceId: string) =>
  readFile(join(app.dataDir, "projects", projectId, "images", `${sentenceId}.png`));

test("three attempts with growing waits, then failed with the reason, the old picture kept", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await paint(app, { projectId });
  const before = await sentence(app, sentenceIds[0]!);
  // Its state is committed a moment before the file is there.
  const oldPicture = await vi.waitFor(() => shown(projectId, sentenceIds[0]!), patience);
  const follower = await follow(app.client, projectId);
  app.comfy.addFault({ kind: "execution_error", times: 3, message: "something in the node broke" });
  const { job } = await paintOne(app, { projectId, force: true });
  expect(job).toMatchObject({
    status: "failed",
    failures: 3,
    error: {
      code: "execution_failed",
      message: 'ComfyUI failed in "Sampler" (KSampler): something in the node broke.',
      remedy: expect.any(String) as string,
    },
  });
  const prompts = promptsOf(app.comfy, job.id);
  expect(prompts).toHaveLength(3);
  const [firstWait, secondWait] = [1, 2].map((n) => prompts[n]!.at - prompts[n - 1]!.endedAt!);
  // Timers may fire a millisecond early.
  expect(firstWait).toBeGreaterThanOrEqual(FIRST_WAIT - 2);
  expect(secondWait).toBeGreaterThanOrEqual(FIRST_WAIT * 2.5 - 2);
  const waits = follower
    .jobs(job.id)
    .flatMap((one) => (one.step?.startsWith("trying again") ? [`${one.status}: ${one.step}`] : []));
  expect(new Set(waits)).toEqual(
    new Set(["running: trying again in 1 s (2 of 3)", "running: trying again in 1 s (3 of 3)"]),
  );
  const { status, error, imageFile, selectedTakeId } = await sentence(app, sentenceIds[0]!);
  expect({ status, error }).toEqual({ status: "failed", error: job.error });
  expect({ imageFile, selectedTakeId }).toEqual({
    imageFile: before.imageFile,
    selectedTakeId: before.selectedTakeId,
  });
  expect(await shown(projectId, sentenceIds[0]!)).toEqual(oldPicture);
  follower.stop();
});

test("while a job waits for its next attempt the lane goes on with others, and a cancel ends it at once", async () => {
  await using slow = await startTestApp({ timings: { retryFirstMs: 600_000 } });
  const { projectId, sentenceIds } = await slow.project(2, small);
  const follower = await follow(slow.client, projectId);
  slow.comfy.addFault({ kind: "execution_error" });
  const { jobIds } = await slow.client.image.generate.mutate({ projectId });
  await follower.until((event) => event.type === "job" && (event.job.step ?? "").startsWith("trying again"));
  await jobBecomes(slow, jobIds[1]!, "completed");
  // It tells why it waits.
  expect(await readJob(slow, jobIds[0]!)).toMatchObject({
    status: "running",
    failures: 1,
    error: { code: "execution_failed", remedy: expect.any(String) as string },
  });
  expect(await slow.client.image.cancel.mutate({ jobIds })).toEqual({ cancelled: 0, cancelling: 1 });
  expect(await jobBecomes(slow, jobIds[0]!, "cancelled")).toMatchObject({ error: null });
  expect(await sentence(slow, sentenceIds[0]!)).toMatchObject({ status: "pending", job: null });
  expect(promptsOf(slow.comfy, jobIds[0]!)).toHaveLength(1);
  follower.stop();
});

test("`executed` with no output is no failure: history has the picture", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.addFault({ kind: "executed_null" });
  expect((await paintOne(app, { projectId })).job).toMatchObject({ status: "completed", failures: 0 });
});

test("another size than asked is kept, with a note", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  app.comfy.addFault({ kind: "other_size" });
  const { job } = await paintOne(app, { projectId });
  expect(job).toMatchObject({
    status: "completed",
    failures: 0,
    notes: ["The picture came as 128×72; 256×144 was asked for."],
  });
  const { items } = await app.client.take.list.query({ sentenceId: sentenceIds[0]! });
  expect(items[0]).toMatchObject({ width: 128, height: 72 });
});

test("a picture that another program stopped in ComfyUI fails at once", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await vi.waitUntil(() => promptsOf(app.comfy, jobIds[0]!)[0]?.startedAt, patience);
  await fetch(`${app.comfy.url}/interrupt`, { method: "POST", body: "{}" });
  const job = await jobBecomes(app, jobIds[0]!, "failed");
  expect(job).toMatchObject({ failures: 0, error: { code: "interrupted" } });
  app.comfy.release();
});

describe("out of memory", () => {
  test("frees the server's memory, then tries once more", async () => {
    const { projectId } = await app.project(1, small);
    using log = requestsTo(app.comfy.url);
    app.comfy.addFault({ kind: "oom" });
    const { job } = await paintOne(app, { projectId });
    expect(job).toMatchObject({ status: "completed", failures: 1 });
    const order = log.requests.filter((one) => one === "POST /prompt" || one === "POST /free");
    expect(order).toEqual(["POST /prompt", "POST /free", "POST /prompt"]);
  });

  test("twice in a row fails the job, and the server goes on with others", async () => {
    const { projectId } = await app.project(2, small);
    let doomed = "";
    app.comfy.pause();
    app.comfy.addFault({ kind: "oom", times: Infinity, match: (graph) => isOf({ graph }, doomed) });
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    doomed = jobIds[0]!;
    app.comfy.release();
    const failed = await jobBecomes(app, jobIds[0]!, "failed");
    expect(failed).toMatchObject({
      failures: 1,
      error: { code: "out_of_memory", remedy: expect.stringContaining("smaller picture") as string },
    });
    expect(promptsOf(app.comfy, jobIds[0]!)).toHaveLength(2);
    await jobBecomes(app, jobIds[1]!, "completed");
  });

  test("after another failure still gets its one more try", async () => {
    const { projectId } = await app.project(1, small);
    const kinds: Fault["kind"][] = ["execution_error", "oom"];
    for (const kind of kinds) {
      let isFirst = true;
      app.comfy.addFault({ kind, match: () => (kind === "oom" && isFirst ? (isFirst = false) : true) });
    }
    const { job } = await paintOne(app, { projectId });
    expect(job).toMatchObject({ status: "completed", failures: 2 });
  });
});
