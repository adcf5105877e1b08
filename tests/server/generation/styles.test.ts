import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SEEDED_STYLES } from "@/server/services/seed/styles";
import { startTestApp, type TestApp } from "../../support/test-app";
import { paintOne, refusal, sentence } from "./board";
import { patience, small } from "./patience";
import { inputsOf, nodesOf, textOf, type Received } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  // The fake server has the seeded LoRA's file: its style is switched on once that is seen.
  await vi.waitUntil(
    async () => (await app.client.style.get.query({ styleId: "watercolor-lora" })).isActive,
    patience,
  );
});
afterAll(() => app[Symbol.asyncDispose]());

const prefixOf = (id: string) => SEEDED_STYLES.find((style) => style.id === id)!.promptPrefix!;
const TEXT = "Shot number 1 of the test.";

test("the style's prefix goes before the prompt, by a space after punctuation and else by a comma", async () => {
  const { projectId } = await app.project(1, { ...small, styleId: "noir" });
  expect(textOf((await paintOne(app, { projectId })).prompt)).toBe(`${prefixOf("noir")} ${TEXT}`);
  const plain = await app.client.style.create.mutate({
    name: "Plain",
    styleType: "prompt",
    promptPrefix: " woodcut ",
  });
  expect(textOf((await paintOne(app, { projectId, force: true, styleId: plain.id })).prompt)).toBe(
    `woodcut, ${TEXT}`,
  );
  const around = await app.client.style.create.mutate({
    name: "Around",
    styleType: "prompt",
    promptPrefix: "a poster of {prompt} in two colours",
  });
  expect(textOf((await paintOne(app, { projectId, force: true, styleId: around.id })).prompt)).toBe(
    `a poster of ${TEXT} in two colours`,
  );
});

test("the request's style goes before the sentence's, and the sentence's before the project's", async () => {
  const { projectId, sentenceIds } = await app.project(1, { ...small, styleId: "noir" });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, styleId: "anime" });
  expect(textOf((await paintOne(app, { projectId })).prompt)).toBe(`${prefixOf("anime")} ${TEXT}`);
  expect(textOf((await paintOne(app, { projectId, force: true, styleId: "none" })).prompt)).toBe(TEXT);
});

test("a legacy style name is the id of a seeded style", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const { prompt } = await paintOne(app, { projectId, style: "Watercolor" });
  expect(textOf(prompt)).toBe(`${prefixOf("watercolor")} ${TEXT}`);
  const { items } = await app.client.take.list.query({ sentenceId: sentenceIds[0]! });
  expect(items[0]).toMatchObject({ styleId: "watercolor" });
});

test("an unknown style name is an error that lists those that exist, and nothing is queued", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const error = await refusal(app.client.image.generate.mutate({ projectId, style: "baroque" }));
  expect(error).toMatchObject({ httpStatus: 404, reason: "style_not_found", field: "style" });
  for (const id of ["cinematic", "documentary", "watercolor", "noir", "none"])
    expect(error.message).toContain(id);
  expect(await refusal(app.client.image.generate.mutate({ projectId, styleId: "baroque" }))).toMatchObject({
    field: "styleId",
  });
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "pending", job: null });
});

test("a style that is switched off, or does not go with the model, is refused", async () => {
  const off = await app.client.style.create.mutate({ name: "Off", styleType: "prompt", isActive: false });
  const only = await app.client.style.create.mutate({
    name: "Only Klein",
    styleType: "prompt",
    compatibleModels: ["flux2-klein-4b"],
  });
  const { projectId } = await app.project(1, { ...small, modelId: "z-image-turbo" });
  expect(await refusal(app.client.image.generate.mutate({ projectId, styleId: off.id }))).toMatchObject({
    httpStatus: 400,
    reason: "style_inactive",
  });
  expect(await refusal(app.client.image.generate.mutate({ projectId, styleId: only.id }))).toMatchObject({
    httpStatus: 400,
    reason: "style_incompatible",
    field: "styleId",
  });
  expect(
    (await paintOne(app, { projectId, styleId: only.id, modelId: "flux2-klein-4b", steps: 1 })).job.status,
  ).toBe("completed");
});

/** Whether every user of the model takes it from the LoRA, and the LoRA from the loader. */
function expectLoraBetween(prompt: Received, classOfUser: string): void {
  const [loader] = nodesOf(prompt, "UNETLoader");
  const [lora] = nodesOf(prompt, "LoraLoaderModelOnly");
  expect(lora!.inputs).toEqual({
    model: [loader!.id, 0],
    lora_name: "watercolor.safetensors",
    strength_model: 0.9,
  });
  expect(inputsOf(prompt, classOfUser).model).toEqual([lora!.id, 0]);
  const users = Object.entries(prompt.graph).filter(([, node]) =>
    Object.values(node.inputs).some((value) => Array.isArray(value) && value[0] === loader!.id),
  );
  expect(users.map(([id]) => id)).toEqual([lora!.id]);
}

test("a LoRA style goes between the model loader and all its users, with its trigger words before the prompt", async () => {
  const { projectId } = await app.project(1, { ...small, styleId: "watercolor-lora" });
  const textToImage = await paintOne(app, { projectId });
  expectLoraBetween(textToImage.prompt, "ModelSamplingAuraFlow");
  expect(textOf(textToImage.prompt)).toBe(`watercolor painting, ${TEXT}`);
  expect(textToImage.job).toMatchObject({ status: "completed", notes: [] });
  const imageToImage = await paintOne(app, { projectId, force: true, modelId: "flux2-klein-4b", steps: 1 });
  expectLoraBetween(imageToImage.prompt, "CFGGuider");
});

test("a style's negative prompt is filled in where the workflow takes one, and left out with a note where it does not", async () => {
  const { projectId } = await app.project(1, { ...small, styleId: "noir" });
  const without = await paintOne(app, { projectId, modelId: "z-image-turbo" });
  expect(without.job.notes).toEqual([
    "The workflow of Z-Image-Turbo takes no negative prompt: the style's was left out.",
  ]);
  const { prompt, job } = await paintOne(app, {
    projectId,
    force: true,
    modelId: "flux2-klein-4b",
    steps: 1,
  });
  expect(
    nodesOf(prompt, "CLIPTextEncode")
      .map(({ inputs }) => inputs.text)
      .toSorted(),
  ).toEqual([`${prefixOf("noir")} ${TEXT}`, "colour, text"]);
  expect(job.notes).toEqual([]);
});
