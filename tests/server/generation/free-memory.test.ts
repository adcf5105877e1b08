import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes } from "./board";
import { patience, small } from "./patience";
import { running } from "./received";
import { requestsTo } from "./requests-to";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.client.server.update.mutate({ freesWhenDone: true });
});
afterAll(() => app[Symbol.asyncDispose]());

test("a pause frees the GPU's memory once what runs has ended, though others wait; resumed, they are painted", async () => {
  using log = requestsTo(app.comfy.url);
  const freed = () => log.requests.filter((one) => one === "POST /free").length;
  const { projectId } = await app.project(3, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  await app.client.queue.pause.mutate();
  expect(freed()).toBe(0);
  app.comfy.release();
  await jobBecomes(app, jobIds[0]!, "completed");
  await vi.waitUntil(() => freed() > 0, patience);
  expect(await job(app, jobIds[2]!)).toMatchObject({ status: "queued" });
  await app.client.queue.resume.mutate();
  await app.settled(projectId);
  // And again when the last of all is done.
  await vi.waitUntil(() => freed() > 1, patience);
});

test("a pause while nothing runs frees it too, but only after another program's prompts there have ended", async () => {
  using log = requestsTo(app.comfy.url);
  const freed = () => log.requests.filter((one) => one === "POST /free").length;
  app.comfy.pause();
  const foreign = await fetch(`${app.comfy.url}/prompt`, {
    method: "POST",
    body: JSON.stringify({ prompt: app.comfy.prompts[0]!.graph, client_id: "another" }),
  });
  expect(foreign.status).toBe(200);
  const before = freed();
  const looked = () => log.requests.filter((one) => one === "GET /queue").length;
  const looks = looked();
  await app.client.queue.pause.mutate();
  await vi.waitUntil(() => looked() > looks, patience);
  expect(freed()).toBe(before);
  app.comfy.release();
  // Its next look finds nobody there any more.
  await vi.waitUntil(() => freed() > before, patience);
  await app.client.queue.resume.mutate();
});
