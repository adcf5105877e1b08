import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Timings } from "@/server/comfyui/timings";
import { lanes } from "@/server/db/schema";
import { startTestApp } from "../../support/test-app";
import { jobBecomes } from "../generation/board";
import { openLives } from "../generation/lives";
import { patience, small } from "../generation/patience";
import { promptsOf, running } from "../generation/received";
import { expectMadeOnce } from "./made-once";

const HOUR = 3_600_000;
/** A prompt is looked at closely as soon as nothing was heard for a moment. */
const CLOSELY = { livelyMs: 50, cancelVerifyMs: 1_000, cancelPollMs: 20 };
/** Limits that end within a test, of a server of which nothing is known, and the least they become. */
const limits = (usual: number, least: number): Partial<Timings> => ({
  ...CLOSELY,
  stallSamplingMs: usual,
  stallLoadingMs: usual,
  stallDeafMs: usual,
  stallSamplingMinMs: least,
  stallLoadingMinMs: least,
});

test("row 12: a picture that takes many times the limit is made, as long as there are signs of progress", async () => {
  await using app = await startTestApp({ comfy: { stepMs: 150 }, comfyTimings: limits(1_500, 1_500) });
  const { projectId, sentenceIds } = await app.project(1, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, steps: 30 });
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds, jobIds);
  const { startedAt, endedAt } = promptsOf(app.comfy, jobIds[0]!)[0]!;
  expect(endedAt! - startedAt!).toBeGreaterThan(2 * 1_500);
});

test("row 12: a picture that stands still is given up after the limit, and its next attempt makes it", async () => {
  await using app = await startTestApp({ comfyTimings: limits(2_000, 2_000) });
  const { projectId, sentenceIds } = await app.project(2, small);
  app.comfy.addFault({ kind: "stall" });
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds.slice(0, 1), jobIds.slice(0, 1), { renders: 2, failures: 1 });
  expect(app.comfy.interrupts).toContain(promptsOf(app.comfy, jobIds[0]!)[0]!.promptId);
  await expectMadeOnce(app, sentenceIds.slice(1), jobIds.slice(1));
});

test("row 12: a machine whose steps take longer than the limit is given more time at the next attempt, and learns", async () => {
  await using app = await startTestApp({ comfyTimings: limits(1_000, 400) });
  const { projectId, sentenceIds } = await app.project(1, small);
  // Quick pictures first: the limit falls to its least.
  const first = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds, first.jobIds);
  const slow = async (attempts: number) => {
    app.comfy.pause(2);
    const { jobIds } = await app.client.image.generate.mutate({ projectId, force: true });
    const { startedAt } = await running(app.comfy, jobIds[0]!, attempts);
    await vi.waitUntil(() => Date.now() - startedAt! > 1_300, patience);
    app.comfy.release();
    await app.settled(projectId);
    expect(promptsOf(app.comfy, jobIds[0]!)).toHaveLength(attempts);
    return jobBecomes(app, jobIds[0]!, "completed");
  };
  expect(await slow(2)).toMatchObject({ failures: 1 });
  // Six times the 1.3 s that it was silent: now at the first attempt.
  expect(await slow(1)).toMatchObject({ failures: 0 });
});

test("row 12: what was learned of a lane's silences is kept over a restart of Shotboard", async () => {
  await using lives = await openLives();
  const quietOf = async () =>
    (await lives.database.db.select().from(lanes).where(eq(lanes.url, lives.comfy.url)))[0]?.quiet;
  const paint = async (life: Awaited<ReturnType<typeof lives.start>>) => {
    const { projectId } = await life.project(1);
    const { jobIds } = await life.api.image.generate({ projectId });
    return { projectId, jobId: jobIds[0]! };
  };
  {
    await using first = await lives.start(lives.comfy.url, limits(HOUR, 500));
    await first.settled((await paint(first)).projectId);
    await vi.waitUntil(async () => (await quietOf())?.sampling !== undefined, patience);
  }
  const learned = await quietOf();
  expect(learned!.sampling).toBeLessThan(5_000);
  // Of a server of which nothing is known, an hour of silence would be no stall.
  await using second = await lives.start(lives.comfy.url, limits(HOUR, 500));
  lives.comfy.addFault({ kind: "stall" });
  const { projectId, jobId } = await paint(second);
  await second.settled(projectId);
  expect(await second.api.job.get({ jobId })).toMatchObject({ status: "completed", failures: 1 });
  await vi.waitUntil(async () => ((await quietOf())?.loading ?? 0) >= (learned!.loading ?? 0), patience);
});
