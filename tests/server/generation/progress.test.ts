import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job } from "./board";
import { follow } from "./follow";
import { patience, small } from "./patience";
import { running } from "./received";

let app: TestApp;
beforeAll(async () => {
  // Steps of 60 ms: news of a job come at most every 50 ms.
  app = await startTestApp({ comfy: { stepMs: 60 } });
});
afterAll(() => app[Symbol.asyncDispose]());

const isDone =
  (sentenceId: string) => (event: Awaited<ReturnType<Awaited<ReturnType<typeof follow>>["until"]>>) =>
    event.type === "sentence" && event.sentence.id === sentenceId && event.sentence.status === "completed";

test("progress comes by ComfyUI's WebSocket, step by step, never falls, and is 100 only when the picture is stored", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const follower = await follow(app.client, projectId);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 5 });
  await follower.until(isDone(sentenceIds[0]!));
  const { size } = await stat(join(app.dataDir, "projects", projectId, "images", `${sentenceIds[0]!}.png`));
  expect(size).toBeGreaterThan(0);
  const states = follower.jobs(jobIds[0]!);
  const steps = [...new Set(states.map((one) => one.step ?? ""))].filter((step) =>
    step.startsWith("sampling"),
  );
  // A step may be overtaken by the next on a busy machine: the newest wins.
  expect(steps.length).toBeGreaterThanOrEqual(2);
  for (const step of steps) expect(step).toMatch(/^sampling [1-5]\/5$/);
  expect(steps).toEqual(steps.toSorted());
  const percents = states.map((one) => one.progress);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(Math.max(...percents)).toBeLessThan(100);
  expect(Math.max(...percents)).toBeGreaterThan(50);
  expect(await job(app, jobIds[0]!)).toMatchObject({ status: "completed", progress: 100, step: null });
  follower.stop();
});

test("a running job has live previews, by number in its events and as a picture at its address", async () => {
  const { projectId } = await app.project(1, small);
  const follower = await follow(app.client, projectId);
  app.comfy.pause(3);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 5 });
  await follower.until((event) => event.type === "job" && event.job.preview >= 3);
  const preview = await fetch(`${app.url}/media/jobs/${jobIds[0]!}/preview`);
  expect(preview.headers.get("content-type")).toBe("image/jpeg");
  expect(new Uint8Array(await preview.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
  app.comfy.release();
  await app.settled(projectId);
  follower.stop();
});

test("two subscribers, each with a connection of its own, hear the same", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  const second = createShotboardClient({ url: app.url });
  const followers = [await follow(app.client, projectId), await follow(second, projectId)];
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 3 });
  for (const follower of followers) for (const id of sentenceIds) await follower.until(isDone(id));
  const [heard, alsoHeard] = followers.map((follower) =>
    jobIds.map((id) => follower.jobs(id).map(({ progress, step }) => ({ progress, step }))),
  );
  expect(heard).toEqual(alsoHeard);
  for (const follower of followers) follower.stop();
  await second.close();
});

test("what happens between two looks at the database is in job.get too", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.pause(2);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 4 });
  await running(app.comfy, jobIds[0]!);
  await expect.poll(async () => (await job(app, jobIds[0]!)).step, patience).toBe("sampling 2/4");
  const queue = await app.client.queue.status.query();
  expect(queue).toMatchObject({ running: 1, queued: 0, lanes: [{ state: "busy", jobId: jobIds[0] }] });
  app.comfy.release();
  await app.settled(projectId);
});
