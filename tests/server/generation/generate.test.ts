import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { patience } from "./patience";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

test("generating a project ends with one PNG of 1920×1088 at projects/{projectId}/images/{sentenceId}.png for each sentence", async () => {
  const { projectId, sentenceIds } = await app.project(3);
  const answer = await app.client.image.generate.mutate({ projectId });
  expect(answer).toMatchObject({ queued: 3, skipped: [], problems: [] });
  await app.settled(projectId);
  const project = await app.client.project.get.query({ projectId });
  for (const sentence of project.sections[0]!.sentences) {
    expect(sentence).toMatchObject({
      status: "completed",
      isImageDirty: false,
      job: null,
      error: null,
      imageFile: `projects/${projectId}/images/${sentence.id}.png`,
    });
    const file = join(app.dataDir, "projects", projectId, "images", `${sentence.id}.png`);
    // Its state is committed a moment before the file is there.
    const picture = await vi.waitFor(() => readFile(file), patience);
    expect(await sharp(picture).metadata()).toMatchObject({
      format: "png",
      width: 1920,
      height: 1088,
    });
    const { items } = await app.client.take.list.query({ sentenceId: sentence.id });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ isSelected: true, width: 1920, height: 1088, renderer: "comfyui" });
    expect((await stat(join(app.dataDir, items[0]!.file))).ino).toBe((await stat(file)).ino);
  }
  expect(sentenceIds).toHaveLength(3);
  expect(app.logged).toEqual([]);
});

test("a second press finds nothing to do and says so", async () => {
  const { projectId, sentenceIds } = await app.project(2);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const again = await app.client.image.generate.mutate({ projectId });
  expect(again).toEqual({
    batchId: null,
    jobIds: [],
    queued: 0,
    skipped: sentenceIds.map((sentenceId) => ({ sentenceId, reason: "hasPicture" })),
    problems: [],
  });
});

test("never more than one prompt of ours is in ComfyUI's queue", async () => {
  const { projectId } = await app.project(12);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  expect(app.comfy.prompts.length).toBeGreaterThanOrEqual(12);
  expect(app.comfy.maxPending).toBe(1);
});

test("a file of images/ that another program holds open is written later, and nothing else waits for it", async () => {
  const { projectId, sentenceIds } = await app.project(2);
  const images = join(app.dataDir, "projects", projectId, "images");
  const [held, free] = sentenceIds.map((id) => join(images, `${id}.png`)) as [string, string];
  // A folder of that name refuses the rename, as an open file does on Windows.
  await mkdir(join(held, "in-use"), { recursive: true });
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  for (const jobId of jobIds)
    expect(await app.client.job.get.query({ jobId })).toMatchObject({ status: "completed", failures: 0 });
  await vi.waitFor(() => stat(free), patience);
  expect((await stat(held)).isDirectory()).toBe(true);
  expect((await app.client.queue.status.query()).lanes[0]).toMatchObject({ state: "ready", reason: null });
  await rm(held, { recursive: true });
  await vi.waitFor(async () => expect((await stat(held)).isFile()).toBe(true), patience);
});
