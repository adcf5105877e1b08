import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GENERATION_TIMINGS } from "@/server/generation/generation-context";
import { startTestApp, type TestApp } from "../../support/test-app";
import { jobBecomes, paint, sentence } from "./board";
import { small } from "./patience";
import { inputsOf } from "./received";

const UNET = "z_image_turbo_bf16.safetensors";
const FILES = {
  diffusion_models: [UNET, "flux-2-klein-base-4b-fp8.safetensors"],
  vae: ["ae.safetensors", "full_encoder_small_decoder.safetensors"],
};

let app: TestApp;
beforeAll(async () => {
  // Answers about node classes are not remembered here, so that each test can change what the server has; and they are
  // waited for longer than in earnest, so that a busy machine's delays are not taken for a slow server.
  const comfyTimings = { nodeInfoTtlMs: 0 };
  app = await startTestApp({
    comfy: { missingClasses: ["Flux2Scheduler"] },
    comfyTimings,
    timings: { preflightMs: 3_000 },
  });
});
afterAll(() => app[Symbol.asyncDispose]());

function hasAll(): void {
  for (const [folder, files] of Object.entries(FILES))
    app.comfy.setFiles(folder as keyof typeof FILES, files);
}

describe("what would fail every job is told once, before anything is queued:", () => {
  test("a model file that the server lacks, with its name and folder", async () => {
    const { projectId, sentenceIds } = await app.project(3, small);
    app.comfy.setFiles("diffusion_models", []);
    const answer = await app.client.image.generate.mutate({ projectId });
    expect(answer).toEqual({
      batchId: null,
      jobIds: [],
      queued: 0,
      skipped: [],
      problems: [
        {
          code: "missing_file",
          message: expect.stringContaining(`"${UNET}"`) as string,
          field: "unet_name",
          remedy: expect.stringContaining("models/diffusion_models") as string,
          sentenceIds,
        },
      ],
    });
    expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "pending", job: null });
    expect((await app.client.job.list.query({ projectId })).items).toEqual([]);
  });

  test("a node class that is not installed", async () => {
    hasAll();
    const { projectId, sentenceIds } = await app.project(2, { ...small, modelId: "flux2-klein-4b" });
    const { queued, problems } = await app.client.image.generate.mutate({ projectId });
    expect(queued).toBe(0);
    expect(problems).toEqual([
      {
        code: "missing_node_type",
        message: 'The workflow needs the node "Flux2Scheduler", which is not installed in ComfyUI.',
        field: null,
        remedy: expect.stringContaining("Install Missing Custom Nodes") as string,
        sentenceIds,
      },
    ]);
  });

  test("two reasons that together leave none", async () => {
    app.comfy.setFiles("vae", ["full_encoder_small_decoder.safetensors"]);
    const { projectId, sentenceIds } = await app.project(2, small);
    await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, modelId: "flux2-klein-4b" });
    const { queued, problems } = await app.client.image.generate.mutate({ projectId });
    expect(queued).toBe(0);
    expect(problems.map((one) => [one.code, one.sentenceIds])).toEqual(
      expect.arrayContaining([
        ["missing_file", [sentenceIds[0]]],
        ["missing_node_type", [sentenceIds[1]]],
      ]),
    );
  });
});

test("what would fail only some is told, and the whole batch is queued", async () => {
  hasAll();
  const { projectId, sentenceIds } = await app.project(2, small);
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, modelId: "flux2-klein-4b" });
  const { queued, problems, jobIds } = await app.client.image.generate.mutate({ projectId });
  expect([queued, problems.length, problems[0]!.sentenceIds]).toEqual([2, 1, [sentenceIds[1]]]);
  await jobBecomes(app, jobIds[0]!, "completed");
  expect((await jobBecomes(app, jobIds[1]!, "failed")).error).toMatchObject({ code: "missing_node_type" });
});

test("ignoreProblems queues all the same; each job then fails with that reason", async () => {
  app.comfy.setFiles("diffusion_models", []);
  const { projectId, sentenceIds } = await app.project(2, small);
  const answer = await app.client.image.generate.mutate({ projectId, ignoreProblems: true });
  expect(answer).toMatchObject({ queued: 2, problems: [{ code: "missing_file", sentenceIds }] });
  for (const id of answer.jobIds) {
    const { error, failures } = await jobBecomes(app, id, "failed");
    expect(error).toMatchObject({
      code: "missing_file",
      field: "unet_name",
      remedy: expect.stringContaining("models/diffusion_models") as string,
    });
    expect(failures).toBe(0);
  }
});

test("a file that lies once in another subfolder is used, and noted", async () => {
  app.comfy.setFiles("diffusion_models", [`turbo\\${UNET}`]);
  app.comfy.setFiles("vae", ["flux/ae.safetensors"]);
  const { projectId } = await app.project(1, small);
  const [one] = await paint(app, { projectId });
  expect(inputsOf(one!.prompt, "UNETLoader").unet_name).toBe(`turbo\\${UNET}`);
  expect(inputsOf(one!.prompt, "VAELoader").vae_name).toBe("flux/ae.safetensors");
  expect(one!.job).toMatchObject({ status: "completed" });
  expect(one!.job.notes).toEqual([
    `"${UNET}" was found as "turbo\\${UNET}" on the server.`,
    '"ae.safetensors" was found as "flux/ae.safetensors" on the server.',
  ]);
});

test("a file that lies in two subfolders is not guessed", async () => {
  app.comfy.setFiles("diffusion_models", [`a/${UNET}`, `b/${UNET}`]);
  const { projectId } = await app.project(1, small);
  expect(await app.client.image.generate.mutate({ projectId })).toMatchObject({
    queued: 0,
    problems: [{ code: "missing_file" }],
  });
});

test("a server that is slow to answer holds nothing up: the batch is queued, and its lane checks", async () => {
  app.comfy.setFiles("diffusion_models", []);
  app.comfy.addFault({ kind: "slow_answer", path: "GET /object_info", ms: 6_000, times: Infinity });
  const { projectId } = await app.project(2, small);
  const before = performance.now();
  const answer = await app.client.image.generate.mutate({ projectId });
  expect(performance.now() - before).toBeLessThan(6_000);
  expect(GENERATION_TIMINGS.preflightMs).toBe(200);
  expect(answer).toMatchObject({ queued: 2, problems: [] });
  app.comfy.clearFaults();
  for (const id of answer.jobIds)
    expect((await jobBecomes(app, id, "failed")).error).toMatchObject({ code: "missing_file" });
  hasAll();
});

test("a file that was missing a moment ago and is there now is seen by the next press", async () => {
  await using own = await startTestApp({
    comfy: { files: { diffusion_models: [] } },
    timings: { preflightMs: 3_000 },
  });
  const { projectId } = await own.project(1, small);
  const press = () => own.client.image.generate.mutate({ projectId });
  expect(await press()).toMatchObject({ queued: 0, problems: [{ code: "missing_file" }] });
  own.comfy.setFiles("diffusion_models", FILES.diffusion_models);
  expect(await press()).toMatchObject({ queued: 1, problems: [] });
  await own.settled(projectId);
});
