import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { LaneState } from "@/lib/schemas/queue";
import type { Fault } from "@/server/demo-comfyui/fault";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { notAnsweringStep } from "@/server/comfyui/follow-prompt";
import { startTestApp, type TestApp } from "../../support/test-app";
import { addCharacter } from "../generation/add-character";
import { job, jobBecomes, paintOne, sentence } from "../generation/board";
import { patience, small } from "../generation/patience";
import { isOf, promptsOf, running } from "../generation/received";
import { requestsTo } from "../generation/requests-to";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const lane = async () => (await app.client.queue.status.query()).lanes[0]!;
/** Waits until the fake ComfyUI has died of a scripted crash. */
const hasDied = () =>
  vi.waitUntil(
    () =>
      fetch(`${app.comfy.url}/queue`).then(
        () => false,
        () => true,
      ),
    patience,
  );

const troubles: Record<string, { fault: Fault; state: LaneState; reason: string }> = {
  "row 10: a CUDA error": {
    fault: { kind: "cuda_error", times: Infinity },
    state: "unhealthy",
    reason: "The GPU of the ComfyUI machine failed",
  },
  "row 13: a full disk of ComfyUI": {
    fault: { kind: "disk_full", times: Infinity },
    state: "diskFull",
    reason: "The disk of the ComfyUI machine is full. Free some space",
  },
};

describe("trouble of the server itself pauses the lane, counts for no job, and the queue goes on by itself when it ends:", () => {
  test.each(Object.entries(troubles))("%s", async (_, { fault, state, reason }) => {
    const { projectId, sentenceIds } = await app.project(2, small);
    app.comfy.addFault(fault);
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    const trouble = await vi.waitUntil(async () => {
      const now = await lane();
      return now.state === state ? now : null;
    }, patience);
    expect(trouble).toMatchObject({
      reason: expect.stringContaining(reason) as string,
      retryAt: expect.any(String) as string,
    });
    expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "generating", error: null });
    app.comfy.clearFaults();
    await app.settled(projectId);
    for (const id of jobIds) expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
  });
});

test("row 10: a lane in trouble is fed nothing more until it is tried again, at once where the queue is resumed", async () => {
  await using patient = await startTestApp({ timings: { troubleFirstMs: 600_000, troubleMaxMs: 600_000 } });
  const { projectId } = await patient.project(3, small);
  patient.comfy.addFault({ kind: "cuda_error" });
  const { jobIds } = await patient.client.image.generate.mutate({ projectId });
  await vi.waitUntil(
    async () => (await patient.client.queue.status.query()).lanes[0]!.state === "unhealthy",
    patience,
  );
  for (const id of jobIds) await jobBecomes(patient, id, "queued");
  expect(patient.comfy.prompts).toHaveLength(1);
  await patient.client.queue.resume.mutate();
  await patient.settled(projectId);
  for (const id of jobIds) expect(await job(patient, id)).toMatchObject({ status: "completed", failures: 0 });
  expect(patient.comfy.prompts).toHaveLength(4);
});

test("row 10: a GPU that failed works again after a restart of ComfyUI, which is noticed at once", async () => {
  await using patient = await startTestApp({ timings: { troubleFirstMs: 600_000, troubleMaxMs: 600_000 } });
  const { projectId } = await patient.project(2, small);
  patient.comfy.addFault({ kind: "cuda_error", times: Infinity });
  const { jobIds } = await patient.client.image.generate.mutate({ projectId });
  await vi.waitUntil(
    async () => (await patient.client.queue.status.query()).lanes[0]!.state === "unhealthy",
    patience,
  );
  patient.comfy.clearFaults();
  await patient.comfy.restart();
  await patient.settled(projectId);
  for (const id of jobIds) expect(await job(patient, id)).toMatchObject({ status: "completed", failures: 0 });
});

test("row 13: a full disk is probed: the lane goes on within seconds of there being room, however long its wait", async () => {
  await using patient = await startTestApp({
    timings: { troubleFirstMs: 600_000, troubleMaxMs: 600_000, noticeMs: 50 },
  });
  const { projectId } = await patient.project(1, small);
  patient.comfy.addFault({ kind: "disk_full" });
  patient.comfy.addFault({ kind: "http_500", path: "POST /upload/image", times: Infinity });
  const { jobIds } = await patient.client.image.generate.mutate({ projectId });
  const state = async () => (await patient.client.queue.status.query()).lanes[0]!.state;
  await vi.waitUntil(async () => (await state()) === "diskFull", patience);
  await jobBecomes(patient, jobIds[0]!, "queued");
  // It is asked again and again, and has no room yet.
  using log = requestsTo(patient.comfy.url);
  const probes = () => log.requests.filter((one) => one === "POST /upload/image").length;
  await vi.waitUntil(() => probes() > 3, patience);
  expect(await state()).toBe("diskFull");
  patient.comfy.clearFaults();
  await patient.settled(projectId);
  expect(await job(patient, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
});

test("row 13: where ComfyUI's disk seems to have room and pictures find none, only the wait tells when to try again", async () => {
  // As where its pictures go to another disk than what it is sent.
  await using patient = await startTestApp({
    timings: { troubleFirstMs: 600_000, troubleMaxMs: 600_000, noticeMs: 20 },
  });
  const { projectId } = await patient.project(1, small);
  patient.comfy.addFault({ kind: "disk_full", times: Infinity });
  using log = requestsTo(patient.comfy.url);
  const { jobIds } = await patient.client.image.generate.mutate({ projectId });
  const waitsAfter = (tries: number) =>
    vi.waitUntil(async () => {
      const { state } = (await patient.client.queue.status.query()).lanes[0]!;
      return state === "diskFull" && patient.comfy.prompts.length === tries;
    }, patience);
  await waitsAfter(2);
  await jobBecomes(patient, jobIds[0]!, "queued");
  await patient.client.queue.resume.mutate();
  await waitsAfter(3);
  // Tried anew, it is probed anew.
  await waitsAfter(4);
  await jobBecomes(patient, jobIds[0]!, "queued");
  expect(log.requests.filter((one) => one === "POST /upload/image")).toHaveLength(4);
  patient.comfy.clearFaults();
  await patient.client.queue.resume.mutate();
  await patient.settled(projectId);
  expect(await job(patient, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
});

test("row 13: a reference that finds no room on ComfyUI's disk stops the lane instead of failing its job", async () => {
  const ida = await addCharacter(app, "Ida", { color: "#665544" });
  const { projectId } = await app.project(2, small);
  app.comfy.addFault({ kind: "http_500", path: "POST /upload/image", times: Infinity });
  const { jobIds } = await app.client.image.generate.mutate({ projectId, characterRefs: [ida.id], steps: 1 });
  const trouble = await vi.waitUntil(async () => {
    const now = await lane();
    return now.state === "diskFull" ? now : null;
  }, patience);
  expect(trouble.reason).toContain("The disk of the ComfyUI machine is full. Free some space");
  expect(app.comfy.prompts.filter((prompt) => jobIds.some((id) => isOf(prompt, id)))).toEqual([]);
  app.comfy.clearFaults();
  await app.settled(projectId);
  for (const id of jobIds) expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
});

test("an upload that fails inside a ComfyUI with room enough counts as a try of its job", async () => {
  const una = await addCharacter(app, "Una", { color: "#556644" });
  const { projectId } = await app.project(1, small);
  app.comfy.addFault({ kind: "http_500", path: "POST /upload/image" });
  const { jobIds } = await app.client.image.generate.mutate({ projectId, characterRefs: [una.id], steps: 1 });
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 1 });
});

test("what happened to a lane is kept, newest first, without the turns of its work", async () => {
  await using own = await startTestApp();
  const { projectId } = await own.project(3, small);
  own.comfy.addFault({ kind: "cuda_error" });
  await own.client.image.generate.mutate({ projectId });
  await own.settled(projectId);
  await own.client.queue.pause.mutate({ lane: own.comfy.url, reason: "A film is being rendered." });
  const states = async () => {
    const { items } = await own.client.queue.history.query({ lane: own.comfy.url });
    return items.map(({ state, message }) => [state, message]);
  };
  await vi.waitUntil(async () => (await states())[0]?.[0] === "paused", patience);
  expect(await states()).toEqual([
    ["paused", "A film is being rendered."],
    ["ready", null],
    ["unhealthy", expect.stringContaining("The GPU of the ComfyUI machine failed")],
    ["ready", null],
  ]);
  expect((await own.client.queue.history.query({ lane: "http://elsewhere:1" })).items).toEqual([]);
});

test("row 10: out of memory over one job after another stops the lane instead of failing them all", async () => {
  const { projectId } = await app.project(3, small);
  app.comfy.addFault({ kind: "oom", times: Infinity });
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await vi.waitUntil(async () => (await lane()).state === "unhealthy", patience);
  app.comfy.clearFaults();
  await app.settled(projectId);
  const [first, ...others] = await Promise.all(jobIds.map(async (id) => (await job(app, id)).status));
  expect(others).toEqual(["completed", "completed"]);
  // It fails only if its second try comes before the others' first ones.
  expect(["completed", "failed"]).toContain(first);
});

test("row 4: a ComfyUI that restarts in the middle has lost the prompt: it is submitted again, once", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  await app.comfy.restart();
  app.comfy.release();
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed" });
  expect(promptsOf(app.comfy, jobIds[0]!)).toHaveLength(2);
});

test("row 11: a ComfyUI that is gone for longer than the grace is waited for, uncounted, and says so", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  await app.comfy.stop();
  const waiting = await jobBecomes(app, jobIds[0]!, "queued");
  expect(waiting).toMatchObject({ failures: 0, step: expect.stringContaining("does not answer") as string });
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "generating" });
  expect(await lane()).toMatchObject({
    state: "waiting",
    reason: expect.stringContaining("does not answer") as string,
  });
  app.comfy.release();
  await app.comfy.restart();
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
  expect(promptsOf(app.comfy, jobIds[0]!)).toHaveLength(2);
});

test("a server that is down when a picture is asked for: the job is queued, and goes on when the server comes up", async () => {
  const { projectId } = await app.project(1, small);
  await app.comfy.stop();
  const answer = await app.client.image.generate.mutate({ projectId });
  expect(answer).toMatchObject({ queued: 1, problems: [] });
  await vi.waitUntil(async () => (await lane()).state === "waiting", patience);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  await app.comfy.restart();
  await app.settled(projectId);
  expect(await job(app, answer.jobIds[0]!)).toMatchObject({ status: "completed", failures: 0 });
});

test("row 14: a job that kills ComfyUI twice is set aside, and the others go on", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  let deadly = "";
  app.comfy.pause();
  app.comfy.addFault({ kind: "crash", times: Infinity, match: (graph) => isOf({ graph }, deadly) });
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  deadly = jobIds[0]!;
  app.comfy.release();
  for (let crash = 1; crash <= 2; crash += 1) {
    await hasDied();
    await vi.waitUntil(async () => (await job(app, deadly)).status === "queued", patience);
    await app.comfy.restart();
  }
  const failed = await jobBecomes(app, deadly, "failed");
  expect(failed.error).toMatchObject({
    code: "crashes_comfyui",
    message: expect.stringContaining("died 2 times") as string,
  });
  await jobBecomes(app, jobIds[1]!, "completed");
  expect(promptsOf(app.comfy, deadly)).toHaveLength(2);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
    status: "failed",
    error: { code: "crashes_comfyui" },
  });
});

test("row 14: a job that kills ComfyUI at its very end is set aside after two deaths too, though the next one stood in line", async () => {
  await using patient = await startTestApp({ comfyTimings: { graceMs: 60_000 } });
  const { projectId } = await patient.project(4, small);
  await patient.client.queue.pause.mutate({});
  const { jobIds } = await patient.client.image.generate.mutate({ projectId, steps: 8 });
  const [deadly, ...others] = jobIds as [string, ...string[]];
  const kills = {
    kind: "crash",
    afterStep: 8,
    match: (graph) => isOf({ graph }, deadly),
  } as const satisfies Fault;
  patient.comfy.addFault({ ...kills, times: Infinity });
  patient.comfy.pause(7);
  await patient.client.queue.resume.mutate({});
  await running(patient.comfy, deadly);
  await jobBecomes(patient, others[0]!, "running");
  patient.comfy.release();
  // No ComfyUI starts within a moment: that it died has been noticed by then.
  const isNoticed = async () => (await job(patient, deadly)).step === notAnsweringStep;
  await vi.waitUntil(isNoticed, patience);
  patient.comfy.pause();
  await patient.comfy.restart();
  await running(patient.comfy, others[0]!);
  // A picture takes longer than giving back a job, which is the next one then.
  await jobBecomes(patient, deadly, "queued");
  patient.comfy.release();
  await jobBecomes(patient, others[0]!, "completed");
  await vi.waitUntil(isNoticed, patience);
  await patient.comfy.restart();
  expect(await jobBecomes(patient, deadly, "failed")).toMatchObject({ error: { code: "crashes_comfyui" } });
  await patient.settled(projectId);
  for (const id of others) expect(await job(patient, id)).toMatchObject({ status: "completed", failures: 0 });
  expect(promptsOf(patient.comfy, deadly)).toHaveLength(2);
});

test("a job whose ComfyUI died twice is not set aside where another picture was made there between", async () => {
  const { projectId } = await app.project(2, small);
  let victim = "";
  app.comfy.pause();
  const crash = () => app.comfy.addFault({ kind: "crash", match: (graph) => isOf({ graph }, victim) });
  crash();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  victim = jobIds[0]!;
  app.comfy.release();
  await hasDied();
  await vi.waitUntil(async () => (await job(app, victim)).status === "queued", patience);
  await app.client.image.prioritize.mutate({ jobIds: [jobIds[1]!], priority: 1 });
  crash();
  await app.comfy.restart();
  await jobBecomes(app, jobIds[1]!, "completed");
  await hasDied();
  await app.comfy.restart();
  expect(await jobBecomes(app, victim, "completed")).toMatchObject({ failures: 0 });
  expect(promptsOf(app.comfy, victim)).toHaveLength(3);
});

test("a reference that the server no longer has is uploaded again, and counts as no failure", async () => {
  const lou = await addCharacter(app, "Lou", { color: "#445566" });
  const { projectId } = await app.project(1, small);
  const asked = { projectId, characterRefs: [lou.id], steps: 1, force: true };
  await paintOne(app, asked);
  // Another one in its place, with an empty input folder, before the lane has noticed.
  await app.comfy.stop();
  await using emptied = await startEmptied(app.comfy.port);
  const { jobIds } = await app.client.image.generate.mutate(asked);
  expect(await jobBecomes(app, jobIds[0]!, "completed")).toMatchObject({ failures: 0 });
  expect(emptied.comfy.uploads.filter(({ bytes }) => bytes.equals(lou.bytes))).toHaveLength(1);
});

async function startEmptied(port: number) {
  const comfy = await startDemoComfyUI({ port, stepMs: 0, paint: false });
  return { comfy, [Symbol.asyncDispose]: () => comfy.close() };
}
