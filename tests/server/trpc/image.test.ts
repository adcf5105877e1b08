import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callTrpc, refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const ID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** A shot with that many takes. */
const paint = async (takes: number, more: object = {}) => {
  const { projectId, sentenceIds } = await app.project(1);
  const sentenceId = sentenceIds[0]!;
  const { jobIds } = await app.client.image.generate.mutate({ projectId, takes, ...more });
  await app.settled(projectId);
  const { items } = await app.client.take.list.query({ sentenceId });
  return { projectId, sentenceId, jobIds, items };
};
const inodeOf = async (file: string) => (await stat(join(app.dataDir, file))).ino;

describe("image.generate", () => {
  test("answers what was queued, skipped and found wrong, and REST's job is tRPC's", async () => {
    const { projectId, sentenceIds } = await app.project(3);
    await app.client.sentence.update.mutate({ sentenceId: sentenceIds[2]!, isLocked: true });
    const { data } = await callTrpc<{ jobIds: string[] }>(app, "image.generate", "mutation", { projectId });
    expect(data).toEqual({
      batchId: ID,
      jobIds: [ID, ID],
      queued: 2,
      skipped: [{ sentenceId: sentenceIds[2], reason: "locked" }],
      problems: [],
    });
    await app.settled(projectId);
    const job = await callTrpc(app, "job.get", "query", { jobId: data!.jobIds[0] });
    expect(job.data).toEqual({
      id: data!.jobIds[0],
      batchId: ID,
      projectId,
      sentenceId: sentenceIds[0],
      kind: "shot",
      isProof: false,
      status: "completed",
      isCancelling: false,
      progress: 100,
      step: null,
      attempt: expect.any(Number),
      failures: 0,
      lane: app.comfy.url,
      seed: expect.any(Number),
      priority: 0,
      notes: [],
      error: null,
      preview: 0,
      queuedAt: TIME,
      startedAt: TIME,
      endedAt: TIME,
    });
    const card = (await app.client.project.list.query()).items.find((one) => one.id === projectId);
    expect(card).toMatchObject({
      sentenceCount: 3,
      pictureCount: 2,
      dirtyCount: 0,
      generatingCount: 0,
      failedCount: 0,
    });
    expect(card?.pictureUrls).toHaveLength(2);
  });

  test("with dryRun answers the same and queues nothing", async () => {
    const { projectId } = await app.project(2);
    const dry = await app.client.image.generate.mutate({ projectId, takes: 3, dryRun: true });
    expect(dry).toEqual({ batchId: null, jobIds: [], queued: 6, skipped: [], problems: [] });
    expect((await app.client.job.list.query({ projectId })).items).toEqual([]);
  });

  test("with the same idempotency key answers the same once more, and queues nothing", async () => {
    const { projectId } = await app.project(1);
    const request = { projectId, idempotencyKey: "press-1" };
    const [first, second] = await Promise.all([
      app.client.image.generate.mutate(request),
      app.client.image.generate.mutate(request),
    ]);
    expect(second.batchId).toBe(first.batchId);
    await app.settled(projectId);
    expect(await app.client.image.generate.mutate(request)).toEqual(first);
    expect((await app.client.job.list.query({ projectId })).items).toHaveLength(1);
  });

  test("of a project without sentences is success with nothing to do", async () => {
    const { projectId } = await app.project(0);
    const nothing = { batchId: null, jobIds: [], queued: 0, skipped: [], problems: [] };
    expect(await app.client.image.generate.mutate({ projectId })).toEqual(nothing);
    expect(await app.client.image.retryFailed.mutate({ projectId })).toEqual(nothing);
    expect(await app.client.image.cancel.mutate({ projectId })).toEqual({ cancelled: 0, cancelling: 0 });
  });
});

describe("takes", () => {
  test("are listed newest first, with what they were made from", async () => {
    const { projectId, sentenceId, jobIds, items } = await paint(2, { seed: 41 });
    expect(items.map((one) => one.seed)).toEqual([42, 41]);
    expect(items[0]).toEqual({
      id: ID,
      sentenceId,
      jobId: jobIds[1],
      file: `projects/${projectId}/takes/${items[0]!.id}.png`,
      url: `/media/projects/${projectId}/takes/${items[0]!.id}.png`,
      width: 1920,
      height: 1088,
      seed: 42,
      prompt: "Shot number 1 of the test.",
      negativePrompt: null,
      modelId: null,
      styleId: null,
      references: [],
      workflowHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      renderer: "comfyui",
      durationMs: expect.any(Number),
      createdAt: TIME,
      isSelected: true,
      isKept: false,
      isFileGone: false,
      steps: null,
      cfg: null,
      lora: null,
      framing: null,
      originalUrl: null,
      credit: null,
    });
    expect(items[1]?.isSelected).toBe(false);
  });

  test("are selected: the shot shows that file, under a new address", async () => {
    const { sentenceId, items } = await paint(2);
    const [newest, older] = items as [(typeof items)[0], (typeof items)[0]];
    const before = await app.client.sentence.get.query({ sentenceId });
    expect(await inodeOf(before.imageFile!)).toBe(await inodeOf(newest.file));
    expect(await app.client.take.select.mutate({ takeId: older.id })).toMatchObject({
      id: older.id,
      isSelected: true,
    });
    const after = await app.client.sentence.get.query({ sentenceId });
    expect(after).toMatchObject({
      selectedTakeId: older.id,
      imageFile: before.imageFile,
      isImageDirty: false,
      status: "completed",
    });
    expect(after.imageUrl).not.toBe(before.imageUrl);
    expect(await inodeOf(after.imageFile!)).toBe(await inodeOf(older.file));
  });

  test("made from what no longer holds make the shot dirty when selected, and clean again", async () => {
    const { projectId, sentenceId, items } = await paint(1);
    await app.client.sentence.update.mutate({ sentenceId, imagePrompt: "another thing" });
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const [newest] = (await app.client.take.list.query({ sentenceId })).items;
    const dirtyAfter = async (takeId: string) => {
      await app.client.take.select.mutate({ takeId });
      return (await app.client.sentence.get.query({ sentenceId })).isImageDirty;
    };
    expect(await dirtyAfter(items[0]!.id)).toBe(true);
    expect(await dirtyAfter(newest!.id)).toBe(false);
  });

  test("whose file is gone cannot be selected", async () => {
    const { sentenceId, items } = await paint(2);
    const gone = items[1]!;
    await rm(join(app.dataDir, gone.file));
    expect(await refusalOf(app.client.take.select.mutate({ takeId: gone.id }))).toMatchObject({
      code: "CONFLICT",
      reason: "take_file_gone",
    });
    expect((await app.client.sentence.get.query({ sentenceId })).selectedTakeId).toBe(items[0]!.id);
  });
});

describe("job.list", () => {
  test("is read page by page, each job of a batch once, the newest first", async () => {
    const { projectId } = await app.project(5);
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await app.client.job.list.query({
        projectId,
        limit: 2,
        ...(cursor !== undefined && { cursor }),
      });
      ids.push(...page.items.map((job) => job.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toEqual(jobIds.toReversed());
    await app.settled(projectId);
  });

  test("can be narrowed to a status", async () => {
    const { projectId } = await paint(2);
    const listed = async (status: "completed" | "failed") =>
      (await app.client.job.list.query({ projectId, status })).items.length;
    expect([await listed("completed"), await listed("failed")]).toEqual([2, 0]);
    expect(await callTrpc(app, "job.list", "query", { projectId, status: "done" })).toMatchObject({
      status: 400,
      error: { field: "status" },
    });
  });
});

describe("the queue", () => {
  test("tells of its lanes, and is paused and resumed, whole or by lane", async () => {
    const lane = app.comfy.url;
    expect(await app.client.queue.status.query()).toEqual({
      isDemo: false,
      isPaused: false,
      pause: null,
      queued: 0,
      running: 0,
      lanes: [
        {
          url: lane,
          name: new URL(lane).host,
          state: "ready",
          reason: null,
          pause: null,
          retryAt: null,
          version: expect.any(String),
          device: expect.any(String),
          queueRemaining: expect.any(Number),
          vramTotal: expect.any(Number),
          vramFree: expect.any(Number),
          jobId: null,
        },
      ],
    });
    expect(await app.client.queue.pause.mutate({ reason: "The GPU renders a film." })).toMatchObject({
      isPaused: true,
      pause: { by: "user", reason: "The GPU renders a film.", at: expect.any(String) as string },
    });
    const { projectId, sentenceIds } = await app.project(1);
    const { batchId, jobIds } = await app.client.image.generate.mutate({ projectId });
    expect(await app.client.queue.status.query()).toMatchObject({ isPaused: true, queued: 1, running: 0 });
    const again = await app.client.image.generate.mutate({ projectId });
    expect(again.skipped).toEqual([{ sentenceId: sentenceIds[0], reason: "alreadyQueued" }]);
    expect(await app.client.sentence.get.query({ sentenceId: sentenceIds[0]! })).toMatchObject({
      status: "generating",
      job: { id: jobIds[0], status: "queued" },
    });
    expect(await app.client.image.cancel.mutate({ batchId: batchId! })).toEqual({
      cancelled: 1,
      cancelling: 0,
    });
    expect(await app.client.sentence.get.query({ sentenceId: sentenceIds[0]! })).toMatchObject({
      status: "pending",
      job: null,
    });
    expect(await app.client.queue.resume.mutate({})).toMatchObject({ isPaused: false });
    expect((await app.client.queue.pause.mutate({ lane })).lanes[0]?.state).toBe("paused");
    expect((await app.client.queue.resume.mutate({ lane })).lanes[0]?.state).not.toBe("paused");
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});
