import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLives, type Lives } from "./lives";
import { patience } from "./patience";
import { isOf, running } from "./received";

let lives: Lives;
beforeAll(async () => {
  lives = await openLives();
});
afterAll(() => lives[Symbol.asyncDispose]());

test("after a restart a board can tell what became of its batch: made before and since, failed by reason, to be looked at", async () => {
  let projectId: string;
  let sentenceIds: string[];
  let failing = "";
  let edited = "";
  {
    await using first = await lives.start(lives.comfy.url);
    ({ projectId, sentenceIds } = await first.project(5));
    // Nothing was in line when this life began.
    expect(await first.api.project.sinceStart({ projectId })).toBeNull();
    lives.comfy.addFault({
      kind: "refuse_prompt",
      message: "Value not in list",
      match: (graph) => isOf({ graph }, failing),
    });
    await first.api.queue.pause({});
    const { jobIds } = await first.api.image.generate({ projectId });
    failing = jobIds[3]!;
    edited = sentenceIds[4]!;
    lives.comfy.addFault({ kind: "stall", match: (graph) => isOf({ graph }, jobIds[1]!) });
    lives.comfy.addFault({ kind: "other_size", match: (graph) => isOf({ graph }, jobIds[2]!) });
    await first.api.queue.resume({});
    await running(lives.comfy, jobIds[1]!);
    await vi.waitUntil(
      async () => (await first.api.job.get({ jobId: jobIds[0]! })).status === "completed",
      patience,
    );
  }
  expect(failing).not.toBe("");
  await using second = await lives.start(lives.comfy.url);
  await second.api.sentence.update({ sentenceId: edited, text: "Another text." });
  lives.comfy.release();
  await second.settled(projectId);
  const report = await second.api.project.sinceStart({ projectId });
  expect(report).toMatchObject({ total: 5, done: 4, open: 0, cancelled: 0 });
  expect(report!.endedAt).not.toBeNull();
  expect(report!.doneSince).toBe(3);
  // Its text was changed before it was painted: there is nothing to look at.
  expect(report!.toCheck).toEqual([
    { sentenceId: sentenceIds[2], isDirty: false, notes: [expect.stringContaining("was asked for")] },
  ]);
  expect(report!.failed).toEqual([
    expect.objectContaining({ sentenceIds: [sentenceIds[3]], message: expect.any(String) as string }),
  ]);
  expect((await second.api.queue.errors()).items[0]).toMatchObject({
    count: 1,
    shots: [{ projectId, sentenceId: sentenceIds[3], isFailed: true }],
  });
  // Retried, it is of the past: nothing of it is failed any more.
  await second.api.image.retryFailed({ projectId });
  expect((await second.api.queue.errors()).items[0]).toMatchObject({
    count: 1,
    shots: [{ isFailed: false }],
  });
});
