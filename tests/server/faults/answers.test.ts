import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { addCharacter } from "../generation/add-character";
import { patience, small } from "../generation/patience";
import { expectMadeOnce } from "./made-once";

const MB = 1024 * 1024;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const lane = async () => (await app.client.queue.status.query()).lanes[0]!;
const isReady = () => vi.waitUntil(async () => (await lane()).state === "ready", patience);

test("a ComfyUI that answers everything slowly delays its pictures, not the request for them", async () => {
  await isReady();
  app.comfy.addFault({ kind: "slow_answer", path: "", ms: 400, times: Infinity });
  const { projectId, sentenceIds } = await app.project(2, small);
  const before = performance.now();
  const { queued, jobIds } = await app.client.image.generate.mutate({ projectId });
  // It is asked what it lacks, for 200 ms and no longer.
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(queued).toBe(2);
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds, jobIds);
});

/** Where a proxy's page may come instead of an answer; `GET /view` is in pictures.test.ts. */
const doors = [
  "GET /system_stats",
  "GET /queue",
  "GET /object_info",
  "POST /upload/image",
  "POST /prompt",
  "GET /history",
];

describe("a proxy's web page instead of an answer costs no picture and no attempt:", () => {
  test.each(doors.flatMap((door) => [200, 502].map((status) => ({ door, status }))))(
    "$door, HTTP $status",
    async ({ door, status }) => {
      await isReady();
      const lou = await addCharacter(app, `Lou ${door} ${status}`, { color: "#445566" });
      const { projectId, sentenceIds } = await app.project(2, small);
      app.comfy.addFault({ kind: "html", path: door, status, times: 2 });
      const { jobIds } = await app.client.image.generate.mutate({
        projectId,
        characterRefs: [lou.id],
        steps: 1,
      });
      // An idle lane looks each ten seconds; here at once.
      await app.client.queue.resume.mutate({});
      await app.settled(projectId);
      await expectMadeOnce(app, sentenceIds, jobIds);
    },
  );

  test("for everything, for as long as it likes: the lane waits and says what it got", async () => {
    await isReady();
    app.comfy.addFault({ kind: "html", path: "", times: Infinity });
    const { projectId, sentenceIds } = await app.project(2, small);
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    const { reason } = await vi.waitUntil(async () => {
      const now = await lane();
      return now.state === "waiting" ? now : null;
    }, patience);
    expect(reason).toContain("does not look like ComfyUI: it sent a web page instead of JSON");
    app.comfy.clearFaults();
    await app.settled(projectId);
    await expectMadeOnce(app, sentenceIds, jobIds);
  });
});

test(
  "50 MB of object_info that take 20 s: the batch is queued meanwhile, memory and event loop stay well, and the pictures are made",
  { timeout: 120_000 },
  async () => {
    await using large = await startTestApp({ comfyTimings: { nodeInfoTtlMs: 0 } });
    const path = "GET /object_info/KSampler";
    large.comfy.addFault({ kind: "slow_body", path, ms: 20_000, fillTo: 50 * MB, times: 2 });
    const { projectId, sentenceIds } = await large.project(2, small);
    const { queued, jobIds } = await large.client.image.generate.mutate({ projectId });
    expect(queued).toBe(2);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const [before, asked] = [process.memoryUsage(), performance.now()];
    let most = 0;
    const look = setInterval(() => {
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      most = Math.max(most, heapUsed - before.heapUsed + arrayBuffers - before.arrayBuffers);
    }, 100);
    await large.settled(projectId);
    clearInterval(look);
    delay.disable();
    expect(performance.now() - asked).toBeGreaterThan(15_000);
    // Seen on a busy machine of two cores: 0.5 s and 80 MB; all of it parsed at once takes seconds and 400 MB.
    expect(delay.max / 1e6).toBeLessThan(1_500);
    expect(most).toBeLessThan(150 * MB);
    await expectMadeOnce(large, sentenceIds, jobIds);
  },
);
