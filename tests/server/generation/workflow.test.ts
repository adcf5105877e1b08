import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import type { Graph } from "@/server/workflow/graph";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";
import { paint, paintOne, refusal, sentence, sentencesOf } from "./board";
import { small } from "./patience";
import { inputsOf, nodesOf, textOf } from "./received";

const TEXT_TO_IMAGE = "z_image_turbo_bf16.safetensors";
const IMAGE_TO_IMAGE = "flux-2-klein-base-4b-fp8.safetensors";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const defaultGraph = async (type: keyof typeof DEFAULT_WORKFLOWS) =>
  JSON.parse(await readFile(join(root, ...DEFAULT_WORKFLOWS[type].split("/")), "utf8")) as Graph;

/** A default graph with some inputs of the nodes of one class changed. */
async function changedGraph(
  type: keyof typeof DEFAULT_WORKFLOWS,
  classType: string,
  change: Graph[string],
): Promise<string> {
  const graph = await defaultGraph(type);
  const nodes = Object.entries(graph).map(([id, node]) => [
    id,
    node.class_type === classType ? change : node,
  ]);
  return JSON.stringify(Object.fromEntries(nodes));
}

test("a project without a model runs on the default text-to-image workflow, with the sentence as the prompt", async () => {
  const { projectId } = await app.project(1, small);
  const { prompt } = await paintOne(app, { projectId });
  expect(inputsOf(prompt, "UNETLoader").unet_name).toBe(TEXT_TO_IMAGE);
  expect(textOf(prompt)).toBe("Shot number 1 of the test.");
});

test("a model runs on its own workflow file", async () => {
  const graph = await defaultGraph("text-to-image");
  const sampler = { ...Object.values(graph).find((node) => node.class_type === "KSampler")! };
  const workflow = await changedGraph("text-to-image", "KSampler", {
    ...sampler,
    inputs: { ...sampler.inputs, sampler_name: "dpmpp_2m" },
  });
  const model = await app.client.model.create.mutate({
    name: "Own workflow",
    workflowType: "text-to-image",
    workflow,
  });
  expect(await readFile(join(app.dataDir, ...model.workflowFile!.split("/")), "utf8")).toBe(workflow);
  const { projectId } = await app.project(1, { ...small, modelId: model.id });
  const { prompt } = await paintOne(app, { projectId });
  expect(inputsOf(prompt, "KSampler").sampler_name).toBe("dpmpp_2m");
});

test("a model without a workflow file runs on the default workflow of its type", async () => {
  const model = await app.client.model.create.mutate({ name: "No file", workflowType: "image-to-image" });
  const { projectId } = await app.project(1, { ...small, modelId: model.id });
  const { prompt } = await paintOne(app, { projectId });
  expect(inputsOf(prompt, "UNETLoader").unet_name).toBe(IMAGE_TO_IMAGE);
});

test("the request's model goes before the sentence's, and the sentence's before the project's", async () => {
  const { projectId, sentenceIds } = await app.project(2, { ...small, modelId: "z-image-turbo" });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, modelId: "flux2-klein-4b" });
  const unet = async (modelId?: string) =>
    (await paint(app, { projectId, force: true, modelId }))
      .map(({ prompt }) => inputsOf(prompt, "UNETLoader").unet_name)
      .toSorted();
  expect(await unet()).toEqual([IMAGE_TO_IMAGE, TEXT_TO_IMAGE]);
  expect(await unet("flux2-klein-4b")).toEqual([IMAGE_TO_IMAGE, IMAGE_TO_IMAGE]);
});

test("prompt, seed, steps, cfg and size are filled into the text-to-image graph", async () => {
  const { projectId, sentenceIds } = await app.project(1, {
    modelId: "z-image-turbo",
    width: 1280,
    height: 720,
  });
  await app.client.sentence.update.mutate({
    sentenceId: sentenceIds[0]!,
    imagePrompt: "  A heron at dawn, “still”  ",
  });
  const { prompt, job } = await paintOne(app, { projectId, seed: 2 ** 53 - 1, steps: 3, cfg: 1.5 });
  expect(textOf(prompt)).toBe("A heron at dawn, “still”");
  expect(inputsOf(prompt, "KSampler")).toMatchObject({ seed: 2 ** 53 - 1, steps: 3, cfg: 1.5 });
  expect(inputsOf(prompt, "EmptySD3LatentImage")).toMatchObject({ width: 1280, height: 720, batch_size: 1 });
  expect(job).toMatchObject({ seed: 2 ** 53 - 1, status: "completed", progress: 100, notes: [] });
  const { items } = await app.client.take.list.query({ sentenceId: sentenceIds[0]! });
  expect(items[0]).toMatchObject({
    seed: 2 ** 53 - 1,
    prompt: "A heron at dawn, “still”",
    modelId: "z-image-turbo",
    width: 1280,
    height: 720,
  });
});

test("prompt, seed, steps, cfg and size are filled into the image-to-image graph, in place of links too", async () => {
  const { projectId } = await app.project(1, { modelId: "flux2-klein-4b" });
  const { prompt } = await paintOne(app, { projectId, seed: 7, steps: 2, cfg: 3 });
  expect(nodesOf(prompt, "CLIPTextEncode").map((node) => node.inputs.text)).toContain(
    "Shot number 1 of the test.",
  );
  expect(inputsOf(prompt, "RandomNoise").noise_seed).toBe(7);
  expect(inputsOf(prompt, "CFGGuider").cfg).toBe(3);
  expect(inputsOf(prompt, "Flux2Scheduler")).toMatchObject({ steps: 2, width: 1920, height: 1088 });
  expect(inputsOf(prompt, "EmptyFlux2LatentImage")).toMatchObject({ width: 1920, height: 1088 });
});

test("an image-to-image graph without a reference runs with its chain cut out, and its sample picture never reaches a render", async () => {
  const { projectId } = await app.project(1, { modelId: "flux2-klein-4b" });
  const { prompt, job } = await paintOne(app, { projectId, steps: 1 });
  expect(job).toMatchObject({ status: "completed" });
  expect([
    ...nodesOf(prompt, "LoadImage"),
    ...nodesOf(prompt, "ReferenceLatent"),
    ...nodesOf(prompt, "GetImageSize"),
  ]).toEqual([]);
  expect(
    app.comfy.prompts.map((one) => JSON.stringify(one.graph)).filter((text) => text.includes("example.png")),
  ).toEqual([]);
});

test("steps and cfg that the request leaves out are the model's, and without a model the workflow's own", async () => {
  const model = await app.client.model.create.mutate({
    name: "Slow",
    workflowType: "text-to-image",
    defaultSteps: 5,
    defaultCfg: 2,
  });
  const { projectId } = await app.project(1, small);
  expect(inputsOf((await paintOne(app, { projectId, modelId: model.id })).prompt, "KSampler")).toMatchObject({
    steps: 5,
    cfg: 2,
  });
  expect(
    inputsOf(
      (await paintOne(app, { projectId, force: true, modelId: model.id, steps: 6 })).prompt,
      "KSampler",
    ),
  ).toMatchObject({ steps: 6, cfg: 2 });
  expect(inputsOf((await paintOne(app, { projectId, force: true })).prompt, "KSampler")).toMatchObject({
    steps: 8,
    cfg: 1,
  });
});

test("the size asked for is 1920×1088 unless the project or the model's own render size says otherwise", async () => {
  const { projectId } = await app.project(1);
  expect(inputsOf((await paintOne(app, { projectId })).prompt, "EmptySD3LatentImage")).toMatchObject({
    width: 1920,
    height: 1088,
  });
  const model = await app.client.model.create.mutate({
    name: "Small",
    workflowType: "text-to-image",
    renderWidth: 640,
    renderHeight: 368,
  });
  const own = await paintOne(app, { projectId, force: true, modelId: model.id });
  expect(inputsOf(own.prompt, "EmptySD3LatentImage")).toMatchObject({ width: 640, height: 368 });
  expect(own.job.notes).toEqual([]);
});

test("the seed is the request's, else the sentence's locked one, else drawn; the one used is recorded and shown", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, seed: 41, isSeedLocked: true });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[1]!, seed: 41 });
  const seeds = async (seed?: number) => {
    const done = await paint(app, { projectId, force: true, seed });
    const used = new Map(done.map(({ job, prompt }) => [job.sentenceId, inputsOf(prompt, "KSampler").seed]));
    for (const { job } of done) expect(job.seed).toBe(used.get(job.sentenceId));
    return sentenceIds.map((id) => used.get(id));
  };
  const [locked, drawn] = await seeds();
  expect(locked).toBe(41);
  expect(drawn).not.toBe(41);
  expect((await sentencesOf(app, projectId)).map((one) => one.seed)).toEqual([41, drawn]);
  const [lockedAgain, drawnAgain] = await seeds();
  expect(lockedAgain).toBe(41);
  expect(drawnAgain).not.toBe(drawn);
  expect(await seeds(5)).toEqual([5, 5]);
  // A locked seed stays what it was set to.
  expect((await sentencesOf(app, projectId)).map((one) => one.seed)).toEqual([41, 5]);
});

test("a field of the request whose slot the workflow lacks is refused, naming it", async () => {
  const graph = await defaultGraph("image-to-image");
  const guider = Object.values(graph).find((node) => node.class_type === "CFGGuider")!;
  const workflow = await changedGraph("image-to-image", "CFGGuider", {
    class_type: "BasicGuider",
    inputs: { model: guider.inputs.model, conditioning: guider.inputs.positive },
  });
  const model = await app.client.model.create.mutate({
    name: "No guidance",
    workflowType: "image-to-image",
    workflow,
  });
  const { projectId, sentenceIds } = await app.project(1, { ...small, modelId: model.id });
  expect(await refusal(app.client.image.generate.mutate({ projectId, cfg: 4 }))).toMatchObject({
    httpStatus: 400,
    reason: "slot_missing",
    field: "cfg",
  });
  const character = await app.client.character.create.mutate({ name: "Nobody yet" });
  const asked = { projectId, modelId: "z-image-turbo", characterRefs: [character.id] };
  expect(await refusal(app.client.image.generate.mutate(asked))).toMatchObject({
    httpStatus: 400,
    field: expect.stringContaining("characterRefs") as string,
  });
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "pending", job: null });
  // What the model itself wishes is dropped: its own cfg does not stop it.
  expect((await paintOne(app, { projectId, steps: 1 })).job).toMatchObject({
    status: "completed",
    notes: [expect.stringContaining("cfg") as string],
  });
});

test("a model of category video cannot make images and says so", async () => {
  const model = await app.client.model.create.mutate({ name: "Mover", workflowType: "image-to-video" });
  const { projectId } = await app.project(1, small);
  expect(await refusal(app.client.image.generate.mutate({ projectId, modelId: model.id }))).toMatchObject({
    httpStatus: 400,
    reason: "model_is_video",
    field: "modelId",
    message: expect.stringContaining("videos, not images") as string,
  });
});

test("every prompt has one output, whose file name carries job and attempt, and the loaded graph is never changed", async () => {
  for (const prompt of app.comfy.prompts) {
    const { filename_prefix } = inputsOf(prompt, "SaveImage");
    expect(filename_prefix).toMatch(/^shotboard\/[0-9a-f-]{36}_\d+$/);
  }
  const prefixes = app.comfy.prompts.map((prompt) => inputsOf(prompt, "SaveImage").filename_prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  for (const type of ["text-to-image", "image-to-image"] as const)
    expect((await app.runtime.services.library.load(DEFAULT_WORKFLOWS[type])).graph).toEqual(
      await defaultGraph(type),
    );
});
