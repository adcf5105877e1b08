import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GenerateInput } from "@/lib/schemas/image";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import type { Graph } from "@/server/workflow/graph";
import { root } from "../../support/test-database";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes, paint, refusal, sentence, sentencesOf } from "./board";
import { small } from "./patience";
import { running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const jobCount = async (projectId: string) => (await app.client.job.list.query({ projectId })).items.length;

test("the same idempotency key is answered as the first time, and queues nothing", async () => {
  const { projectId } = await app.project(2, small);
  const first = await app.client.image.generate.mutate({ projectId, idempotencyKey: "tonight" });
  expect(first.queued).toBe(2);
  await app.settled(projectId);
  expect(
    await app.client.image.generate.mutate({ projectId, idempotencyKey: "tonight", force: true }),
  ).toEqual(first);
  expect(await jobCount(projectId)).toBe(2);
  // The key is the project's own.
  const other = await app.project(1, small);
  expect(
    (await app.client.image.generate.mutate({ projectId: other.projectId, idempotencyKey: "tonight" }))
      .queued,
  ).toBe(1);
  await app.settled(other.projectId);
});

test("two requests with one idempotency key at the same moment are one, and both are answered alike", async () => {
  for (const key of ["a", "b", "c"]) {
    const { projectId } = await app.project(3, small);
    const asked = { projectId, idempotencyKey: key };
    const answers = await Promise.all([1, 2, 3].map(() => app.client.image.generate.mutate(asked)));
    expect(answers[0]).toMatchObject({ queued: 3 });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await jobCount(projectId)).toBe(3);
    await app.client.image.cancel.mutate({ projectId });
    await app.settled(projectId);
  }
});

test("two different requests at the same moment queue each shot once", async () => {
  const { projectId } = await app.project(3, small);
  const answers = await Promise.all([1, 2].map(() => app.client.image.generate.mutate({ projectId })));
  expect(answers.reduce((sum, answer) => sum + answer.queued, 0)).toBe(3);
  const skipped = answers.flatMap((answer) => answer.skipped.map((one) => one.reason));
  expect(skipped).toEqual(["alreadyQueued", "alreadyQueued", "alreadyQueued"]);
  await app.settled(projectId);
  expect(await jobCount(projectId)).toBe(3);
});

test("dryRun answers what would be queued, and queues nothing", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  expect(
    await app.client.image.generate.mutate({ projectId, dryRun: true, takes: 2, idempotencyKey: "dry" }),
  ).toEqual({
    batchId: null,
    jobIds: [],
    queued: 4,
    skipped: [],
    problems: [],
  });
  expect(await jobCount(projectId)).toBe(0);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "pending", job: null });
});

describe("shots that are left out are named with the reason:", () => {
  test("a clean picture is left alone unless it is forced, a locked shot always", async () => {
    const { projectId, sentenceIds } = await app.project(2, small);
    await paint(app, { projectId });
    await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, isLocked: true });
    expect((await app.client.image.generate.mutate({ projectId })).skipped).toEqual([
      { sentenceId: sentenceIds[0], reason: "hasPicture" },
      { sentenceId: sentenceIds[1], reason: "locked" },
    ]);
    const forced = await app.client.image.generate.mutate({ projectId, force: true });
    expect(forced).toMatchObject({ queued: 1, skipped: [{ sentenceId: sentenceIds[1], reason: "locked" }] });
    await app.settled(projectId);
    expect((await app.client.take.list.query({ sentenceId: sentenceIds[1]! })).items).toHaveLength(1);
  });

  test("in board order, whatever was changed last and in whatever order they were asked for", async () => {
    const { projectId, sentenceIds } = await app.project(4, small);
    for (const sentenceId of [2, 0, 3, 1].map((at) => sentenceIds[at]!))
      await app.client.sentence.update.mutate({ sentenceId, isLocked: true });
    const { skipped } = await app.client.image.generate.mutate({
      projectId,
      sentenceIds: sentenceIds.toReversed(),
    });
    expect(skipped.map((one) => one.sentenceId)).toEqual(sentenceIds);
  });

  test("one that waits or runs already", async () => {
    const { projectId, sentenceIds } = await app.project(2, small);
    app.comfy.pause();
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await running(app.comfy, jobIds[0]!);
    const again = await app.client.image.generate.mutate({ projectId, force: true });
    expect(again).toEqual({
      batchId: null,
      jobIds: [],
      queued: 0,
      skipped: sentenceIds.map((sentenceId) => ({ sentenceId, reason: "alreadyQueued" })),
      problems: [],
    });
    app.comfy.release();
    await app.settled(projectId);
  });
});

test("only the named shots are made; an unknown or foreign one refuses the whole request", async () => {
  const { projectId, sentenceIds } = await app.project(3, small);
  const foreign = await app.project(1, small);
  for (const id of ["nobody", foreign.sentenceIds[0]!]) {
    const asked = app.client.image.generate.mutate({ projectId, sentenceIds: [sentenceIds[0]!, id] });
    expect(await refusal(asked)).toMatchObject({
      httpStatus: 404,
      reason: "sentence_not_found",
      field: "sentenceIds.1",
    });
  }
  expect(await jobCount(projectId)).toBe(0);
  await paint(app, { projectId, sentenceIds: [sentenceIds[2]!, sentenceIds[2]!] });
  expect((await sentencesOf(app, projectId)).map((one) => one.status)).toEqual([
    "pending",
    "pending",
    "completed",
  ]);
  expect(await app.client.image.generate.mutate({ projectId, sentenceIds: [] })).toMatchObject({
    queued: 0,
    batchId: null,
  });
});

describe("what the request itself asks for and cannot have is refused alike", () => {
  type Demand = Omit<GenerateInput, "projectId">;
  const boards: Record<string, { projectId: string }> = {};
  beforeAll(async () => {
    const off = { isActive: false };
    await app.client.model.create.mutate({ id: "mover", name: "Mover", workflowType: "image-to-video" });
    await app.client.model.create.mutate({ id: "off", name: "Off", workflowType: "text-to-image", ...off });
    const style = { styleType: "prompt" as const };
    await app.client.style.create.mutate({ id: "off-style", name: "Off", ...style, ...off });
    await app.client.style.create.mutate({
      id: "klein-only",
      name: "Klein only",
      ...style,
      compatibleModels: ["flux2-klein-4b"],
    });
    await app.client.style.create.mutate({
      id: "lora",
      name: "LoRA",
      styleType: "lora",
      loraFile: "watercolor.safetensors",
    });
    await app.client.model.create.mutate({
      id: "loaderless",
      name: "Loaderless",
      workflowType: "text-to-image",
      workflow: await loaderless(),
    });
    boards["one shot to paint"] = await app.project(1, small);
    boards["a finished board"] = await app.project(1, small);
    boards["an empty board"] = await app.client.project.create
      .mutate({ name: "Empty" })
      .then(({ id: projectId }) => ({ projectId }));
    await paint(app, boards["a finished board"]!);
  });

  /** A workflow whose sampler takes its model from nowhere that is known: there is no place for a LoRA. */
  async function loaderless(): Promise<string> {
    const file = join(root, ...DEFAULT_WORKFLOWS["text-to-image"].split("/"));
    const graph = JSON.parse(await readFile(file, "utf8")) as Graph;
    const sampler = Object.values(graph).find((node) => node.class_type === "KSampler")!;
    const { model, ...inputs } = sampler.inputs;
    sampler.inputs = { ...inputs, pipe: model! };
    return JSON.stringify(graph);
  }

  const demands: [Demand, number, string, string][] = [
    [{ modelId: "nope" }, 404, "model_not_found", "modelId"],
    [{ modelId: "mover" }, 400, "model_is_video", "modelId"],
    [{ modelId: "off" }, 400, "model_inactive", "modelId"],
    [{ styleId: "nope" }, 404, "style_not_found", "styleId"],
    [{ style: "nope" }, 404, "style_not_found", "style"],
    [{ styleId: "off-style" }, 400, "style_inactive", "styleId"],
    [{ style: "Off-Style" }, 400, "style_inactive", "style"],
    [{ styleId: "klein-only", modelId: "z-image-turbo" }, 400, "style_incompatible", "styleId"],
    [{ style: "klein-only" }, 400, "style_incompatible", "style"],
    [{ styleId: "lora", modelId: "loaderless" }, 400, "lora_not_supported", "styleId"],
    [{ style: "LoRA", modelId: "loaderless" }, 400, "lora_not_supported", "style"],
    [{ characterRefs: ["nope"] }, 404, "character_not_found", "characterRefs.0"],
  ];
  test.each(demands)(
    "with a shot to paint, on a finished and on an empty board: %j",
    async (demand, ...said) => {
      const answers = [];
      for (const { projectId } of Object.values(boards))
        answers.push(await refusal(app.client.image.generate.mutate({ projectId, ...demand })));
      const [httpStatus, reason, field] = said;
      expect(answers[0]).toMatchObject({ httpStatus, reason, field, remedy: expect.any(String) as string });
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
      expect(await jobCount(boards["one shot to paint"]!.projectId)).toBe(0);
    },
  );

  test("while a LoRA style of the project that a shot's workflow has no place for is told as a problem", async () => {
    const { projectId, sentenceIds } = await app.project(2, { ...small, styleId: "lora" });
    await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, modelId: "loaderless" });
    expect(await app.client.image.generate.mutate({ projectId, dryRun: true })).toMatchObject({
      queued: 2,
      problems: [{ code: "lora_not_supported", sentenceIds: [sentenceIds[1]] }],
    });
    // Asked for by the request it is a demand, which one shot that cannot have it refuses.
    expect(
      await refusal(app.client.image.generate.mutate({ projectId, styleId: "lora", ignoreProblems: true })),
    ).toMatchObject({ httpStatus: 400, reason: "lora_not_supported", field: "styleId" });
    expect(await jobCount(projectId)).toBe(0);
  });
});

test("retryFailed queues those that failed, old picture or not, and answers like generate", async () => {
  const { projectId, sentenceIds } = await app.project(3, small);
  await paint(app, { projectId, sentenceIds: sentenceIds.slice(0, 1) });
  app.comfy.addFault({ kind: "refuse_prompt", times: 2 });
  const { jobIds } = await app.client.image.generate.mutate({
    projectId,
    sentenceIds: sentenceIds.slice(0, 2),
    force: true,
  });
  await app.settled(projectId);
  for (const id of jobIds) expect((await job(app, id)).status).toBe("failed");
  expect(
    await refusal(app.client.image.retryFailed.mutate({ projectId, sentenceIds: ["nobody"] })),
  ).toMatchObject({ httpStatus: 404 });
  // One that did not fail is no failure to be retried.
  expect(
    await app.client.image.retryFailed.mutate({ projectId, sentenceIds: [sentenceIds[2]!] }),
  ).toMatchObject({ queued: 0, batchId: null });
  const retried = await app.client.image.retryFailed.mutate({ projectId });
  expect(retried).toMatchObject({ queued: 2, skipped: [], problems: [] });
  for (const id of retried.jobIds) await jobBecomes(app, id, "completed");
  await app.settled(projectId);
  expect((await sentencesOf(app, projectId)).map(({ status, error }) => [status, error])).toEqual([
    ["completed", null],
    ["completed", null],
    ["pending", null],
  ]);
  expect(await app.client.image.retryFailed.mutate({ projectId })).toMatchObject({ queued: 0 });
});
