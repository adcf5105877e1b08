import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes } from "./board";
import { patience, small } from "./patience";
import { isOf, running } from "./received";
import { requestsTo } from "./requests-to";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => {
  app.comfy.clearFaults();
  app.comfy.release();
});

const lane = async (one: TestApp) => (await one.client.queue.status.query()).lanes[0]!;

/** Queues four jobs whose first `bad` ones meet that fault each time they run. */
async function queueWithBad(kind: "oom" | "cuda_error", bad: number) {
  const { projectId } = await app.project(4, small);
  await app.client.queue.pause.mutate({});
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const isBad = (graph: Parameters<typeof isOf>[0]["graph"]) =>
    jobIds.slice(0, bad).some((id) => isOf({ graph }, id));
  app.comfy.addFault({ kind, times: Infinity, match: isBad });
  await app.client.queue.resume.mutate({});
  return { projectId, jobIds };
}

test("a job over which the GPU fails each time lets the others go first, and fails once they were made", async () => {
  const { projectId, jobIds } = await queueWithBad("cuda_error", 1);
  await jobBecomes(app, jobIds[0]!, "failed");
  await app.settled(projectId);
  for (const id of jobIds.slice(1))
    expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
  expect((await job(app, jobIds[0]!)).error).toMatchObject({ code: "gpu_error" });
});

test("jobs that do not fit into the GPU's memory hold up no others, and fail in the end", async () => {
  const { projectId, jobIds } = await queueWithBad("oom", 2);
  await app.settled(projectId);
  const states = await Promise.all(jobIds.map(async (id) => (await job(app, id)).status));
  expect(states).toEqual(["failed", "failed", "completed", "completed"]);
});

test("a ComfyUI that hangs gets no second prompt: the lane says so, and the job is made once it lets go", async () => {
  await using hung = await startTestApp({
    comfyTimings: { stallSamplingMs: 200, stallLoadingMs: 200, stallDeafMs: 200, cancelVerifyMs: 50 },
  });
  const { projectId } = await hung.project(2, small);
  hung.comfy.pause(1);
  hung.comfy.addFault({ kind: "deaf", times: 1 });
  const { jobIds } = await hung.client.image.generate.mutate({ projectId });
  const troubled = await vi.waitUntil(async () => {
    const now = await lane(hung);
    return now.state === "unhealthy" ? now : null;
  }, patience);
  expect(troubled).toMatchObject({ reason: expect.stringContaining("hangs") as string, retryAt: null });
  await jobBecomes(hung, jobIds[0]!, "queued");
  // Looked at again and again, for longer than any wait before a try: it says so until it lets go.
  using log = requestsTo(hung.comfy.url);
  await vi.waitUntil(() => log.requests.filter((one) => one === "GET /queue").length > 2, patience);
  expect(await lane(hung)).toMatchObject({ state: "unhealthy", reason: troubled.reason });
  expect(hung.comfy.prompts).toHaveLength(1);
  hung.comfy.release();
  await hung.settled(projectId);
  for (const id of jobIds) expect((await job(hung, id)).status).toBe("completed");
  expect(hung.comfy.maxPending).toBe(1);
});

test("a ComfyUI that hung and was started again costs the picture that it hung over no try", async () => {
  await using hung = await startTestApp({
    comfyTimings: { stallSamplingMs: 200, stallLoadingMs: 200, stallDeafMs: 600_000, cancelVerifyMs: 50 },
  });
  const { projectId } = await hung.project(2, small);
  hung.comfy.pause(1);
  hung.comfy.addFault({ kind: "deaf", times: 1 });
  const { jobIds } = await hung.client.image.generate.mutate({ projectId });
  await vi.waitUntil(async () => (await lane(hung)).state === "unhealthy", patience);
  await hung.client.queue.resume.mutate({});
  await vi.waitUntil(async () => (await lane(hung)).state === "busy", patience);
  await hung.comfy.restart();
  hung.comfy.release();
  await hung.settled(projectId);
  for (const id of jobIds) expect(await job(hung, id)).toMatchObject({ status: "completed", failures: 0 });
});

test("a job that waits for its next attempt is cancelled while another picture is being made", async () => {
  await using slow = await startTestApp({ timings: { retryFirstMs: 600_000 } });
  const { projectId } = await slow.project(1, small);
  slow.comfy.addFault({ kind: "broken_picture" });
  const { jobIds } = await slow.client.image.generate.mutate({ projectId });
  await vi.waitUntil(async () => (await job(slow, jobIds[0]!)).failures === 1, patience);
  slow.comfy.pause();
  const more = await slow.project(1, small);
  const { jobIds: later } = await slow.client.image.generate.mutate({ projectId: more.projectId });
  await running(slow.comfy, later[0]!);
  await slow.client.image.cancel.mutate({ jobIds: [jobIds[0]!] });
  await jobBecomes(slow, jobIds[0]!, "cancelled");
  slow.comfy.release();
  await slow.settled(more.projectId);
});
