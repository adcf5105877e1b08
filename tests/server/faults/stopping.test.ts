import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes, paintOne } from "../generation/board";
import { patience, small } from "../generation/patience";
import { promptsOf, running } from "../generation/received";
import { requestsTo } from "../generation/requests-to";

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

test("row 8: while ComfyUI is deaf to the interrupt the job says that it is being cancelled, and nothing else of ours is posted", async () => {
  const { projectId } = await app.project(3, small);
  // The first job fails and stands in line again, behind the second, which does not hear.
  app.comfy.addFault({ kind: "execution_error", afterStep: 0 });
  let started = 0;
  app.comfy.addFault({ kind: "deaf", match: () => ++started === 2 });
  app.comfy.pause(2);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[1]!);
  using log = requestsTo(app.comfy.url);
  await app.client.image.cancel.mutate({ jobIds: [jobIds[1]!] });
  // Asked again and again, for longer than the first job's wait.
  const due = Date.now() + 2 * FIRST_WAIT;
  await vi.waitUntil(
    () => Date.now() > due && log.requests.filter((one) => one === "POST /interrupt").length > 8,
    patience,
  );
  expect(await job(app, jobIds[1]!)).toMatchObject({ status: "running", isCancelling: true });
  expect([promptsOf(app.comfy, jobIds[0]!).length, promptsOf(app.comfy, jobIds[2]!).length]).toEqual([1, 0]);
  app.comfy.release();
  await jobBecomes(app, jobIds[1]!, "cancelled");
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 1 });
  expect(app.comfy.maxPending).toBe(1);
});

test("row 7: another program's prompts in ComfyUI's queue are left untouched", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const ours = await running(app.comfy, jobIds[0]!);
  const post = async (seed: number) => {
    const graph = structuredClone(ours.graph);
    for (const node of Object.values(graph)) if (node.class_type === "KSampler") node.inputs.seed = seed;
    const answer = await fetch(`${app.comfy.url}/prompt`, {
      method: "POST",
      body: JSON.stringify({ prompt: graph, client_id: "another" }),
    });
    return ((await answer.json()) as { prompt_id: string }).prompt_id;
  };
  const theirs = [await post(1), await post(2)];
  await app.client.image.cancel.mutate({ jobIds });
  await jobBecomes(app, jobIds[0]!, "cancelled");
  app.comfy.release();
  for (const id of theirs)
    await vi.waitUntil(async () => {
      const history = (await (await fetch(`${app.comfy.url}/history/${id}`)).json()) as Record<
        string,
        { status: { status_str: string } }
      >;
      return history[id]?.status.status_str === "success";
    }, patience);
  expect(app.comfy.interrupts).not.toContain(theirs[0]);
});

test("another program that clears ComfyUI's queue again and again costs our waiting picture no try", async () => {
  const { projectId } = await app.project(1, small);
  const { prompt } = await paintOne(app, { projectId });
  const graph = structuredClone(prompt.graph);
  for (const node of Object.values(graph)) if (node.class_type === "KSampler") node.inputs.seed = 1;
  const post = (path: string, body: object) =>
    fetch(`${app.comfy.url}/${path}`, { method: "POST", body: JSON.stringify(body) });
  app.comfy.pause();
  await post("prompt", { prompt: graph, client_id: "another" });
  const { jobIds } = await app.client.image.generate.mutate({ projectId, force: true });
  using log = requestsTo(app.comfy.url);
  for (let posts = 1; posts <= 4; posts += 1) {
    // Asked for twice: by then its first answer, that it waits, was read.
    await vi.waitUntil(() => {
      const { promptId = "" } = promptsOf(app.comfy, jobIds[0]!)[posts - 1] ?? {};
      return log.requests.filter((one) => one === `GET /history/${promptId}`).length > 1;
    }, patience);
    await post("queue", { clear: true });
  }
  app.comfy.release();
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0, error: null });
});

test("row 7: a cancel names our prompt, and comes only while the queue shows it running", async () => {
  const { projectId } = await app.project(2, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const ours = await running(app.comfy, jobIds[0]!);
  using log = requestsTo(app.comfy.url);
  await app.client.image.cancel.mutate({ jobIds: [jobIds[0]!] });
  await jobBecomes(app, jobIds[0]!, "cancelled");
  app.comfy.release();
  await app.settled(projectId);
  const order = log.requests.filter((one) => /queue|interrupt/.test(one));
  const first = order.indexOf("POST /interrupt");
  expect(order.slice(0, first)).toContain("POST /queue");
  expect(order[first - 1]).toBe("GET /queue");
  expect(app.comfy.interrupts).toContain(ours.promptId);
  expect(await job(app, jobIds[1]!)).toMatchObject({ status: "completed", failures: 0 });
});
