import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takes } from "@/server/db/schema";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import type { Graph } from "@/server/workflow/graph";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";
import { addCharacter } from "./add-character";
import { jobBecomes, paintOne, refusal, sentence } from "./board";
import { small } from "./patience";
import { inputsOf, promptsOf } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: ["ink.safetensors", "chalk.safetensors"] } } });
});
afterAll(() => app[Symbol.asyncDispose]());

const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;
const redo = (takeId: string) => app.client.take.redo.mutate({ takeId });

/** A graph without the name of the file that it saves, which carries the job's id. */
const drawn = ({ graph }: { graph: Graph }) =>
  Object.entries(graph).map(([id, { class_type, inputs }]) => [
    id,
    class_type,
    class_type === "SaveImage" ? { ...inputs, filename_prefix: "" } : inputs,
  ]);

/** Redoes a take and waits for it; answers what was posted, and the new take. */
async function redone(projectId: string, takeId: string, sentenceId: string) {
  const answer = await redo(takeId);
  expect(answer).toMatchObject({ queued: 1, skipped: [], problems: [] });
  await app.settled(projectId);
  const [take] = await takesOf(sentenceId);
  return { take: take!, prompt: promptsOf(app.comfy, answer.jobIds[0]!).at(-1)! };
}

const KEPT = ["seed", "prompt", "negativePrompt", "modelId", "styleId", "references"] as const;

test("a take is painted exactly again, whatever its shot, style, model and cast say since", async () => {
  const ada = await addCharacter(app, "Ada Redo", { color: "#804020" });
  const style = await app.client.style.create.mutate({
    name: "Ink of redo",
    styleType: "lora",
    promptPrefix: "ink drawing",
    negativePrompt: "photo",
    loraFile: "ink.safetensors",
    loraStrength: 0.7,
  });
  const { projectId, sentenceIds } = await app.project(1, {
    ...small,
    modelId: "flux2-klein-4b",
    styleId: style.id,
  });
  const [id] = sentenceIds as [string];
  await app.client.cast.add.mutate({ projectId, characterId: ada.id });
  await app.client.sentence.update.mutate({ sentenceId: id, characterIds: [ada.id] });
  const { prompt: first } = await paintOne(app, { projectId, seed: 4711, steps: 3, cfg: 2.5 });
  const [old] = await takesOf(id);
  expect(old).toMatchObject({ steps: 3, cfg: 2.5, lora: { file: "ink.safetensors", strength: 0.7 } });

  await app.client.style.update.mutate({
    styleId: style.id,
    promptPrefix: "chalk",
    loraFile: "chalk.safetensors",
    loraStrength: 1.5,
  });
  await app.client.sentence.update.mutate({
    sentenceId: id,
    imagePrompt: "Something else",
    characterIds: [],
    seed: 5,
    isSeedLocked: true,
    modelId: "z-image-turbo",
    styleId: "noir",
  });
  await app.client.project.update.mutate({ projectId, width: 320, height: 320 });

  const { take, prompt } = await redone(projectId, old!.id, id);
  expect(drawn(prompt)).toEqual(drawn(first));
  for (const name of KEPT) expect(take[name]).toEqual(old![name]);
  expect(take).toMatchObject({
    isSelected: true,
    fingerprint: old!.fingerprint,
    workflowHash: old!.workflowHash,
    steps: 3,
    cfg: 2.5,
    lora: old!.lora,
  });
  // It is not what the shot would be painted as now, and says so.
  expect(await sentence(app, id)).toMatchObject({ isImageDirty: true, selectedTakeId: take.id, seed: 5 });
});

test("a redone take of unchanged inputs is clean, and can itself be redone", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const { prompt: first } = await paintOne(app, { projectId });
  const once = await redone(projectId, (await takesOf(sentenceIds[0]!))[0]!.id, sentenceIds[0]!);
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ isImageDirty: false });
  const twice = await redone(projectId, once.take.id, sentenceIds[0]!);
  expect(drawn(twice.prompt)).toEqual(drawn(first));
  expect(await takesOf(sentenceIds[0]!)).toHaveLength(3);
});

test("a take whose file was removed by hand is redone from what its job recorded", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const { prompt: first } = await paintOne(app, { projectId, seed: 99 });
  const [old] = await takesOf(sentenceIds[0]!);
  await rm(join(app.dataDir, old!.file));
  expect(await takesOf(sentenceIds[0]!)).toMatchObject([{ id: old!.id, isFileGone: true }]);
  const { take, prompt } = await redone(projectId, old!.id, sentenceIds[0]!);
  expect(drawn(prompt)).toEqual(drawn(first));
  expect(take).toMatchObject({ isFileGone: false, isSelected: true });
});

test("the same take asked for twice is in line once; another of the shot waits beside it", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await app.client.image.generate.mutate({ projectId, takes: 2 });
  await app.settled(projectId);
  const [one, two] = await takesOf(sentenceIds[0]!);
  app.comfy.pause();
  const answers = await Promise.all([redo(one!.id), redo(one!.id)]);
  expect(answers.map((answer) => answer.queued).toSorted()).toEqual([0, 1]);
  expect(answers.find((answer) => answer.queued === 0)!.skipped).toEqual([
    { sentenceId: sentenceIds[0], reason: "alreadyQueued" },
  ]);
  expect(await redo(two!.id)).toMatchObject({ queued: 1 });
  app.comfy.release();
  await app.settled(projectId);
  const seeds = (await takesOf(sentenceIds[0]!)).map((take) => take.seed);
  expect(seeds.toSorted()).toEqual([one!.seed, one!.seed, two!.seed, two!.seed].toSorted());
});

test("a file that no server has is told before anything is queued; asked for all the same it is queued", async () => {
  const style = await app.client.style.create.mutate({
    name: "Lost LoRA of redo",
    styleType: "lora",
    loraFile: "ink.safetensors",
  });
  const { projectId, sentenceIds } = await app.project(1, { ...small, styleId: style.id });
  await paintOne(app, { projectId });
  const [old] = await takesOf(sentenceIds[0]!);
  app.comfy.setFiles("loras", ["chalk.safetensors"]);
  // What it was asked a moment ago is remembered.
  for (const { client } of app.runtime.services.fleet.servers) client.forgetNodeInfo();
  expect(await redo(old!.id)).toMatchObject({
    queued: 0,
    batchId: null,
    problems: [{ code: "missing_file", sentenceIds }],
  });
  const { jobIds } = await app.client.take.redo.mutate({ takeId: old!.id, ignoreProblems: true });
  expect((await jobBecomes(app, jobIds[0]!, "failed")).error).toMatchObject({ code: "missing_file" });
  app.comfy.setFiles("loras", ["ink.safetensors", "chalk.safetensors"]);
});

test("a model's newer workflow changes nothing, as long as the one of the take is still there as it was", async () => {
  const graph = JSON.parse(
    await readFile(join(root, ...DEFAULT_WORKFLOWS["text-to-image"].split("/")), "utf8"),
  ) as Graph;
  const withSampler = (name: string) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(graph).map(([id, node]) => [
          id,
          node.class_type === "KSampler" ? { ...node, inputs: { ...node.inputs, sampler_name: name } } : node,
        ]),
      ),
    );
  const model = await app.client.model.create.mutate({
    name: "Workflows of redo",
    workflowType: "text-to-image",
    workflow: withSampler("dpmpp_2m"),
  });
  const { projectId, sentenceIds } = await app.project(1, { ...small, modelId: model.id });
  await paintOne(app, { projectId });
  const [old] = await takesOf(sentenceIds[0]!);
  await app.client.model.update.mutate({ modelId: model.id, workflow: withSampler("euler") });
  const { prompt } = await redone(projectId, old!.id, sentenceIds[0]!);
  expect(inputsOf(prompt, "KSampler").sampler_name).toBe("dpmpp_2m");
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ isImageDirty: true });

  // Changed by hand between the request and its turn: never painted on another one.
  await app.client.queue.pause.mutate({});
  const { jobIds } = await redo(old!.id);
  await writeFile(join(app.dataDir, ...model.workflowFile!.split("/")), withSampler("heun"));
  await app.client.queue.resume.mutate({});
  expect((await jobBecomes(app, jobIds[0]!, "failed")).error).toMatchObject({ code: "workflow_changed" });
  expect(await refusal(redo(old!.id))).toMatchObject({
    httpStatus: 409,
    reason: "workflow_changed",
    message: expect.stringContaining("Workflows of redo") as string,
  });
});

test("what cannot be had exactly any more refuses, naming it, and nothing is queued", async () => {
  const model = await app.client.model.create.mutate({
    name: "Of redo",
    workflowType: "text-to-image",
  });
  const { projectId, sentenceIds } = await app.project(1, { ...small, modelId: model.id });
  const [id] = sentenceIds as [string];
  await paintOne(app, { projectId });
  const [take] = await takesOf(id);
  const why = async () => refusal(redo(take!.id));

  await app.client.sentence.update.mutate({ sentenceId: id, isLocked: true });
  expect(await why()).toMatchObject({ httpStatus: 409, reason: "shot_locked", field: "takeId" });
  await app.client.sentence.update.mutate({ sentenceId: id, isLocked: false });

  await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [id] });
  expect(await why()).toMatchObject({ reason: "shot_shelved" });
  await app.client.sentence.restore.mutate({ projectId, sentenceIds: [id] });

  await app.client.model.update.mutate({ modelId: model.id, isActive: false });
  expect(await why()).toMatchObject({ reason: "model_inactive" });
  await app.client.project.update.mutate({ projectId, modelId: null });
  await app.client.model.delete.mutate({ modelId: model.id });
  expect(await why()).toMatchObject({
    httpStatus: 409,
    reason: "model_gone",
    message: expect.stringContaining('"Of redo"') as string,
  });
  expect((await app.client.job.list.query({ projectId })).items).toHaveLength(1);
});

test("a reference picture that is gone refuses, naming its character", async () => {
  const bo = await addCharacter(app, "Bo Redo", { color: "#208040" });
  const { projectId, sentenceIds } = await app.project(1, small);
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, characterIds: [bo.id] });
  await paintOne(app, { projectId, steps: 1 });
  const [take] = await takesOf(sentenceIds[0]!);
  expect(take!.references).toHaveLength(1);
  await app.client.character.deleteImage.mutate({ characterId: bo.id, imageId: bo.imageId });
  expect(await refusal(redo(take!.id))).toMatchObject({
    httpStatus: 409,
    reason: "reference_gone",
    message: expect.stringContaining("Bo Redo") as string,
  });
});

test("a copied take, whose painting is recorded elsewhere, and a deleted one refuse", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await paintOne(app, { projectId });
  const { id: copyId } = await app.client.project.duplicate.mutate({ projectId });
  const copy = (await app.client.project.get.query({ projectId: copyId })).sections[0]!.sentences[0]!;
  expect(await refusal(redo(copy.selectedTakeId!))).toMatchObject({ reason: "take_without_plan" });
  const [take] = await takesOf(sentenceIds[0]!);
  await app.client.take.delete.mutate({ takeId: take!.id });
  expect(await refusal(redo(take!.id))).toMatchObject({ httpStatus: 404, field: "takeId" });
});

test("the demo renderer does not paint what ComfyUI painted, nor the other way round", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  await paintOne(app, { projectId });
  const [take] = await takesOf(sentenceIds[0]!);
  const { db } = app.runtime.services.database;
  await db.update(takes).set({ renderer: "demo" }).where(eq(takes.id, take!.id));
  expect(await refusal(redo(take!.id))).toMatchObject({ httpStatus: 409, reason: "other_renderer" });
  await db.update(takes).set({ renderer: "own" }).where(eq(takes.id, take!.id));
  expect(await refusal(redo(take!.id))).toMatchObject({ httpStatus: 409, reason: "own_picture" });
});
