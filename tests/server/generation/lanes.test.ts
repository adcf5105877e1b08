import { expect, test, vi } from "vitest";
import type { QueueStatus } from "@/lib/schemas/queue";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp } from "../../support/test-app";
import { job, sentencesOf } from "./board";
import { follow } from "./follow";
import { patience, small } from "./patience";
import { promptsOf, running } from "./received";

test("never more than one prompt of ours is in ComfyUI's queue, with takes, failures and cancels among them too", async () => {
  await using app = await startTestApp();
  const { projectId, sentenceIds } = await app.project(8, small);
  const faults = [
    "execution_error",
    "empty_outputs",
    "picture_gone",
    "broken_picture",
    "oom",
    "cuda_error",
    "silent_socket",
    "cut_sockets",
  ] as const;
  let started = 0;
  // Every other prompt meets something.
  for (const [index, kind] of faults.entries())
    app.comfy.addFault({ kind, match: () => ++started % 2 === 0 && started > index });
  const { jobIds } = await app.client.image.generate.mutate({ projectId, takes: 2 });
  const more = await app.project(4, small);
  const urgent = await app.client.image.generate.mutate({ projectId: more.projectId, priority: 5 });
  await running(app.comfy, urgent.jobIds[1]!);
  await app.client.image.cancel.mutate({ jobIds: [urgent.jobIds[1]!, urgent.jobIds[2]!, jobIds[3]!] });
  await running(app.comfy, jobIds[4]!);
  await app.client.image.cancel.mutate({ jobIds: [jobIds[4]!] });
  await app.settled(projectId);
  await app.settled(more.projectId);
  expect(app.comfy.maxPending).toBe(1);
  expect(started).toBeGreaterThan(16);
  for (const id of jobIds) expect(["completed", "cancelled"]).toContain((await job(app, id)).status);
  for (const one of await sentencesOf(app, projectId)) expect(one.status).toBe("completed");
  expect(sentenceIds).toHaveLength(8);
});

test("two ComfyUI servers share a batch, each with at most one prompt of ours, and every picture is made once", async () => {
  await using second = await startSecond();
  await using app = await startTestApp({ comfy: { stepMs: 5 }, moreComfy: [second.comfy] });
  await vi.waitUntil(
    async () => (await app.client.queue.status.query()).lanes.every((lane) => lane.state === "ready"),
    patience,
  );
  const { projectId, sentenceIds } = await app.project(10, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  for (const comfy of [app.comfy, second.comfy]) {
    expect(comfy.maxPending).toBe(1);
    expect(comfy.prompts.length).toBeGreaterThanOrEqual(2);
  }
  for (const id of jobIds)
    expect([...promptsOf(app.comfy, id), ...promptsOf(second.comfy, id)]).toHaveLength(1);
  for (const sentenceId of sentenceIds)
    expect((await app.client.take.list.query({ sentenceId })).items).toHaveLength(1);
  const lanes = await Promise.all(jobIds.map(async (id) => (await job(app, id)).lane));
  expect(new Set(lanes)).toEqual(new Set([app.comfy.url, second.comfy.url]));

  // One of them dies in the middle: the other makes its pictures too.
  app.comfy.pause();
  const again = await app.client.image.generate.mutate({ projectId, force: true });
  await vi.waitUntil(() => again.jobIds.some((id) => promptsOf(app.comfy, id)[0]?.startedAt), patience);
  const follower = await follow(app.client, projectId);
  await app.comfy.stop();
  await app.settled(projectId);
  for (const id of again.jobIds)
    expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0, lane: second.comfy.url });
  // Its prompts cannot be looked up there: that is no trouble of the other's.
  const states = follower.events.flatMap((event) => ("queue" in event ? event.queue.lanes : []));
  const others = states.filter((lane) => lane.url === second.comfy.url);
  expect(new Set(others.map((lane) => lane.reason))).toEqual(new Set([null]));
  follower.stop();

  // One lane can be paused alone.
  await app.client.queue.pause.mutate({ lane: second.comfy.url });
  await app.comfy.restart();
  app.comfy.release();
  const third = await app.client.image.generate.mutate({
    projectId,
    sentenceIds: sentenceIds.slice(0, 2),
    force: true,
  });
  await app.settled(projectId);
  for (const id of third.jobIds) expect((await job(app, id)).lane).toBe(app.comfy.url);
});

async function startSecond() {
  const comfy = await startDemoComfyUI({ stepMs: 5, paint: false });
  return { comfy, [Symbol.asyncDispose]: () => comfy.close() };
}

test("an older ComfyUI, which gives prompts ids of its own, is followed under them", async () => {
  await using app = await startTestApp({ comfy: { isOld: true } });
  const { projectId } = await app.project(2, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  for (const id of jobIds) {
    expect(await job(app, id)).toMatchObject({ status: "completed", failures: 0 });
    expect(promptsOf(app.comfy, id)).toHaveLength(1);
  }
});

test("a lane says which job it runs from the moment it has it", async () => {
  await using app = await startTestApp();
  const { projectId } = await app.project(1, small);
  const follower = await follow(app.client, projectId);
  app.comfy.pause(1);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const { queue } = (await follower.until(
    (event) => event.type === "queue" && event.queue.lanes[0]?.jobId === jobIds[0],
  )) as { queue: QueueStatus };
  expect(queue).toMatchObject({ running: 1, lanes: [{ state: "busy" }] });
  app.comfy.release();
  await app.settled(projectId);
  follower.stop();
});

test("a lane that is done says so at once, not when it next looks at its server", async () => {
  await using app = await startTestApp();
  const remaining = async () => (await app.client.queue.status.query()).lanes[0]?.queueRemaining;
  const { projectId } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  await app.client.queue.resume.mutate({ lane: app.comfy.url });
  await vi.waitUntil(async () => (await remaining()) === 1, patience);
  app.comfy.release();
  await app.settled(projectId);
  await vi.waitUntil(async () => (await remaining()) === 0, { timeout: 5_000, interval: 10 });
});

test("a lane whose ComfyUI is gone in the middle of a picture says so at once, while it waits for it", async () => {
  await using app = await startTestApp({ comfyTimings: { graceMs: 60_000 } });
  const { projectId } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const follower = await follow(app.client, projectId);
  await app.comfy.stop();
  const { queue } = (await follower.until(
    (event) => event.type === "queue" && event.queue.lanes[0]?.state === "waiting",
  )) as { queue: QueueStatus };
  expect(queue.lanes[0]?.reason).toContain("does not answer");
  await app.comfy.restart();
  app.comfy.release();
  await app.settled(projectId);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed" });
  expect((await app.client.queue.status.query()).lanes[0]).toMatchObject({ state: "ready", reason: null });
  follower.stop();
});

test("a lane whose server never answered can be paused, and stays so", async () => {
  const second = await startDemoComfyUI({ paint: false });
  await second.stop();
  await using app = await startTestApp({ moreComfy: [second] });
  await app.client.queue.pause.mutate({ lane: second.url });
  await second.restart();
  await vi.waitUntil(
    async () => (await app.client.queue.status.query()).lanes[1]?.state === "paused",
    patience,
  );
  await second.close();
});

test("a reason that is given after a pause leaves since when it is paused", async () => {
  await using app = await startTestApp();
  const pause = async (lane: string | undefined, reason?: string) => {
    const status = await app.client.queue.pause.mutate({ ...(lane && { lane }), ...(reason && { reason }) });
    return lane === undefined ? status.pause : status.lanes.find((one) => one.url === lane)!.pause;
  };
  for (const lane of [undefined, app.comfy.url]) {
    const first = await pause(lane);
    expect(first).toMatchObject({ by: "user", reason: null, at: expect.any(String) as string });
    await vi.waitUntil(() => new Date().toISOString() !== first!.at, patience);
    expect(await pause(lane, "A film is being rendered.")).toEqual({
      ...first,
      reason: "A film is being rendered.",
    });
    await app.client.queue.resume.mutate(lane === undefined ? {} : { lane });
  }
});
