import { randomUUID } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLives, type Lives } from "./lives";
import { promptsOf, running } from "./received";

let lives: Lives;
beforeAll(async () => {
  lives = await openLives();
});
afterAll(() => lives[Symbol.asyncDispose]());

test("after an unclean end the running job is followed under its prompt, not posted again, and the waiting ones go on", async () => {
  let batch: { projectId: string; sentenceIds: string[]; jobIds: string[] };
  let attempt: number;
  {
    await using first = await lives.start(lives.comfy.url);
    const { projectId, sentenceIds } = await first.project(3);
    lives.comfy.pause(1);
    const { jobIds } = await first.api.image.generate({ projectId });
    await running(lives.comfy, jobIds[0]!);
    attempt = (await first.api.job.get({ jobId: jobIds[0]! })).attempt;
    batch = { projectId, sentenceIds, jobIds };
  }
  const { projectId, sentenceIds, jobIds } = batch;
  await lives.makeOrphans(jobIds.slice(0, 1));
  await using second = await lives.start(lives.comfy.url);
  lives.comfy.release();
  await second.settled(projectId);
  for (const jobId of jobIds) {
    expect(await second.api.job.get({ jobId })).toMatchObject({
      status: "completed",
      failures: 0,
      progress: 100,
    });
    expect(promptsOf(lives.comfy, jobId)).toHaveLength(1);
  }
  // The fence grew: whatever the dead owner still had to write would be refused.
  expect((await second.api.job.get({ jobId: jobIds[0]! })).attempt).toBeGreaterThan(attempt);
  for (const sentenceId of sentenceIds)
    expect((await second.api.take.list({ sentenceId })).items).toHaveLength(1);
  expect(lives.comfy.maxPending).toBe(1);
});

test("a prompt that ended while nobody was there is fetched, not made again", async () => {
  let jobId: string;
  let projectId: string;
  {
    await using first = await lives.start(lives.comfy.url);
    ({ projectId } = await first.project(1));
    lives.comfy.pause(1);
    [jobId] = (await first.api.image.generate({ projectId })).jobIds as [string];
    await running(lives.comfy, jobId);
  }
  await lives.makeOrphans([jobId]);
  lives.comfy.release();
  await expect.poll(() => promptsOf(lives.comfy, jobId)[0]!.endedAt).not.toBeNull();
  await using second = await lives.start(lives.comfy.url);
  await second.settled(projectId);
  expect(await second.api.job.get({ jobId })).toMatchObject({ status: "completed", failures: 0 });
  expect(promptsOf(lives.comfy, jobId)).toHaveLength(1);
});

test("a prompt that ComfyUI has lost meanwhile is submitted again", async () => {
  let jobId: string;
  let projectId: string;
  {
    await using first = await lives.start(lives.comfy.url);
    ({ projectId } = await first.project(1));
    lives.comfy.pause(1);
    [jobId] = (await first.api.image.generate({ projectId })).jobIds as [string];
    await running(lives.comfy, jobId);
  }
  await lives.makeOrphans([jobId]);
  lives.comfy.forget();
  lives.comfy.release();
  await using second = await lives.start(lives.comfy.url);
  await second.settled(projectId);
  expect(await second.api.job.get({ jobId })).toMatchObject({ status: "completed", failures: 0 });
  expect(promptsOf(lives.comfy, jobId)).toHaveLength(2);
});

test("a cancel that was asked for before the end is carried out after it", async () => {
  let jobId: string;
  let projectId: string;
  {
    await using first = await lives.start(lives.comfy.url);
    ({ projectId } = await first.project(1));
    lives.comfy.pause(1);
    [jobId] = (await first.api.image.generate({ projectId })).jobIds as [string];
    await running(lives.comfy, jobId);
  }
  await lives.makeOrphans([jobId]);
  await lives.database.db.execute(
    sql`update generation_jobs set cancel_requested_at = now() where id = ${jobId}`,
  );
  await using second = await lives.start(lives.comfy.url);
  await second.settled(projectId);
  expect(await second.api.job.get({ jobId })).toMatchObject({ status: "cancelled" });
  expect(lives.comfy.interrupts).toContain(promptsOf(lives.comfy, jobId)[0]!.promptId);
  lives.comfy.release();
});

test("a paused queue is still paused after a restart", async () => {
  let projectId: string;
  let jobIds: string[];
  {
    await using first = await lives.start(lives.comfy.url);
    ({ projectId } = await first.project(1));
    await first.api.queue.pause();
    ({ jobIds } = await first.api.image.generate({ projectId }));
  }
  await using second = await lives.start(lives.comfy.url);
  await expect.poll(async () => (await second.api.queue.status()).lanes[0]!.state).toBe("paused");
  expect(await second.api.queue.status()).toMatchObject({ isPaused: true, queued: 1, running: 0 });
  expect(promptsOf(lives.comfy, jobIds[0]!)).toEqual([]);
  await second.api.queue.resume();
  await second.settled(projectId);
  expect(promptsOf(lives.comfy, jobIds[0]!)).toHaveLength(1);
});

test("a picture that was stored but not yet shown when the end came is shown at the next start", async () => {
  let file: string;
  let takeFile: string;
  {
    await using first = await lives.start(lives.comfy.url);
    const { projectId, sentenceIds } = await first.project(1);
    await first.api.image.generate({ projectId });
    await first.settled(projectId);
    const [take] = (await first.api.take.list({ sentenceId: sentenceIds[0]! })).items;
    takeFile = join(lives.dataDir, take!.file);
    file = join(lives.dataDir, "projects", projectId, "images", `${sentenceIds[0]!}.png`);
    // Its state is committed a moment before the file is there.
    await vi.waitFor(() => rm(file));
  }
  await using _second = await lives.start(lives.comfy.url);
  expect((await stat(file)).size).toBeGreaterThan(0);
  expect(await readFile(file)).toEqual(await readFile(takeFile));
});

test("what the demo renderer painted is clean while it is all there is, and dirty once a real ComfyUI is connected", async () => {
  let projectId: string;
  let sentenceId: string;
  {
    await using demo = await lives.start();
    ({
      projectId,
      sentenceIds: [sentenceId],
    } = (await demo.project(1)) as { projectId: string; sentenceIds: [string] });
    await demo.api.image.generate({ projectId, steps: 1 });
    await demo.settled(projectId);
    expect(await demo.api.sentence.get({ sentenceId })).toMatchObject({
      status: "completed",
      isImageDirty: false,
    });
    expect((await demo.api.take.list({ sentenceId })).items[0]).toMatchObject({ renderer: "demo" });
    expect((await demo.api.queue.status()).isDemo).toBe(true);
    expect((await demo.api.image.generate({ projectId })).queued).toBe(0);
  }
  await using real = await lives.start(lives.comfy.url);
  expect(await real.api.sentence.get({ sentenceId })).toMatchObject({ isImageDirty: true });
  // An edit that is undone does not make a demo picture clean.
  await real.api.sentence.update({ sentenceId, imagePrompt: randomUUID() });
  await real.api.sentence.update({ sentenceId, imagePrompt: null });
  expect(await real.api.sentence.get({ sentenceId })).toMatchObject({ isImageDirty: true });
  expect((await real.api.image.generate({ projectId })).queued).toBe(1);
  await real.settled(projectId);
  expect(await real.api.sentence.get({ sentenceId })).toMatchObject({ isImageDirty: false });
});
