import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes, sentence } from "./board";
import { patience, small } from "./patience";
import { inputsOf, isOf, promptsOf, running, textOf } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** Queues while nothing is handed out, then lets it go; answers the order in which ComfyUI got the jobs. */
async function orderOf(
  queueing: () => Promise<{ projectId: string; jobIds: string[] }[]>,
): Promise<number[][]> {
  await app.client.queue.pause.mutate();
  const from = app.comfy.prompts.length;
  const batches = await queueing();
  await app.client.queue.resume.mutate();
  for (const { projectId } of batches) await app.settled(projectId);
  const all = batches.flatMap(({ jobIds }, batch) => jobIds.map((id, place) => ({ id, batch, place })));
  return app.comfy.prompts.slice(from).map((prompt) => {
    const { batch, place } = all.find(({ id }) => isOf(prompt, id))!;
    return [batch, place];
  });
}

async function queue(
  count: number,
  more: Partial<Parameters<typeof app.client.image.generate.mutate>[0]> = {},
) {
  const { projectId } = await app.project(count, small);
  const { jobIds } = await app.client.image.generate.mutate({ projectId, ...more });
  return { projectId, jobIds };
}

test("pictures are made in the order of the board, whatever order they were asked for in", async () => {
  const { projectId, sentenceIds } = await app.project(5, small);
  await app.client.queue.pause.mutate();
  const from = app.comfy.prompts.length;
  await app.client.image.generate.mutate({ projectId, sentenceIds: sentenceIds.toReversed() });
  await app.client.queue.resume.mutate();
  await app.settled(projectId);
  expect(app.comfy.prompts.slice(from).map(textOf)).toEqual(
    [1, 2, 3, 4, 5].map((n) => `Shot number ${n} of the test.`),
  );
});

test("a higher priority goes first, whenever it came", async () => {
  const order = await orderOf(async () => [
    await queue(2, { priority: -1 }),
    await queue(2),
    await queue(2, { priority: 100 }),
  ]);
  expect(order).toEqual([
    [2, 0],
    [2, 1],
    [1, 0],
    [1, 1],
    [0, 0],
    [0, 1],
  ]);
});

test("a lane makes all pictures of one model together", async () => {
  const { projectId, sentenceIds } = await app.project(6, { ...small, modelId: "z-image-turbo" });
  const klein = sentenceIds.filter((_, index) => index % 2 === 1);
  await app.client.sentence.updateMany.mutate({
    projectId,
    sentences: klein.map((sentenceId) => ({ sentenceId, modelId: "flux2-klein-4b" })),
  });
  const from = app.comfy.prompts.length;
  await app.client.image.generate.mutate({ projectId, steps: 1 });
  await app.settled(projectId);
  const models = app.comfy.prompts.slice(from).map((prompt) => inputsOf(prompt, "UNETLoader").unet_name);
  expect(models).toHaveLength(6);
  expect(models.filter((model, index) => index > 0 && model !== models[index - 1])).toHaveLength(1);
});

test("the model is fixed when a picture is queued, all else is resolved when it starts", async () => {
  const { projectId, sentenceIds } = await app.project(1, { ...small, modelId: "z-image-turbo" });
  await app.client.queue.pause.mutate();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.client.project.update.mutate({ projectId, modelId: "flux2-klein-4b" });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, imagePrompt: "Written later" });
  await app.client.queue.resume.mutate();
  await app.settled(projectId);
  const [prompt] = promptsOf(app.comfy, jobIds[0]!);
  expect(inputsOf(prompt!, "UNETLoader").unet_name).toBe("z_image_turbo_bf16.safetensors");
  expect(textOf(prompt!)).toBe("Written later");
  // It no longer is what the project asks for.
  expect((await sentence(app, sentenceIds[0]!)).isImageDirty).toBe(true);
});

test("while the queue is paused what runs ends, and nothing new is begun until it is resumed", async () => {
  const { projectId } = await app.project(2, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  expect(await app.client.queue.pause.mutate()).toMatchObject({ isPaused: true, running: 1, queued: 1 });
  app.comfy.release();
  await jobBecomes(app, jobIds[0]!, "completed");
  const idle = await vi.waitUntil(async () => {
    const status = await app.client.queue.status.query();
    return status.lanes[0]!.state === "paused" ? status : null;
  }, patience);
  expect(idle).toMatchObject({ isPaused: true, running: 0, queued: 1 });
  expect(await job(app, jobIds[1]!)).toMatchObject({ status: "queued", attempt: 0 });
  expect(await app.client.queue.resume.mutate()).toMatchObject({ isPaused: false });
  await app.settled(projectId);
  expect((await job(app, jobIds[1]!)).status).toBe("completed");
});
