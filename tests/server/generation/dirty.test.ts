import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";
import { addCharacter, addPicture } from "./add-character";
import { paintOne, sentence, sentencesOf } from "./board";
import { small } from "./patience";
import { running, textOf } from "./received";

let app: TestApp;
let projectId: string;
let sentenceId: string;
let other: string;
const PREFIX = "ink wash, {characters}";
const ids = { model: "", style: "", character: "", firstPicture: "", secondPicture: "" };

/** One shot with all that a picture is made from, and a second one with a prompt of its own. */
beforeAll(async () => {
  app = await startTestApp();
  const { client } = app;
  const model = await client.model.create.mutate({
    name: "Mine",
    workflowType: "image-to-image",
    defaultSteps: 1,
  });
  const lora = { promptPrefix: PREFIX, loraFile: "noir.safetensors", loraStrength: 0.5 };
  const style = await client.style.create.mutate({ name: "Ink", styleType: "lora", ...lora });
  const sentences = [{ text: "Mira waits." }, { text: "Nobody waits.", imagePrompt: "An empty quay" }];
  const project = {
    name: "Dirty",
    ...small,
    modelId: model.id,
    styleId: style.id,
    sections: [{ title: "One", sentences }],
  };
  projectId = (await client.project.create.mutate(project)).id;
  const mira = await addCharacter(app, "Mira", { color: "#aa3300", projectId });
  Object.assign(ids, { model: model.id, style: style.id, character: mira.id, firstPicture: mira.imageId });
  ids.secondPicture = await addPicture(app, mira.id, "#0033aa");
  [sentenceId, other] = (await sentencesOf(app, projectId)).map((one) => one.id) as [string, string];
  await client.image.generate.mutate({ projectId });
  await app.settled(projectId);
});
afterAll(() => app[Symbol.asyncDispose]());

const isDirty = async (id = sentenceId) => (await sentence(app, id)).isImageDirty;

test("a finished picture clears the dirty flag and sets imageFile", async () => {
  for (const one of await sentencesOf(app, projectId))
    expect(one).toMatchObject({
      isImageDirty: false,
      status: "completed",
      imageFile: `projects/${projectId}/images/${one.id}.png`,
    });
});

type Change = (undo: boolean) => Promise<unknown>;
const update: Record<string, Change> = {
  "its text, where it has no image prompt": (undo) =>
    app.client.sentence.update.mutate({ sentenceId, text: undo ? "Mira waits." : "Mira waits for rain." }),
  "its image prompt": (undo) =>
    app.client.sentence.update.mutate({ sentenceId, imagePrompt: undo ? null : "Mira in the rain" }),
  "its model": (undo) =>
    app.client.sentence.update.mutate({
      sentenceId,
      modelId: undo ? null : "z-image-turbo",
      styleId: undo ? null : "none",
    }),
  "the project's model": (undo) =>
    app.client.project.update.mutate({ projectId, modelId: undo ? ids.model : "z-image-turbo" }),
  "its style": (undo) => app.client.sentence.update.mutate({ sentenceId, styleId: undo ? null : "noir" }),
  "the project's style": (undo) =>
    app.client.project.update.mutate({ projectId, styleId: undo ? ids.style : null }),
  "the project's size": (undo) =>
    app.client.project.update.mutate({ projectId, width: undo ? small.width : 320 }),
  "the model's own size": (undo) =>
    app.client.model.update.mutate({ modelId: ids.model, renderWidth: undo ? null : 320 }),
  "the style's prefix": (undo) =>
    app.client.style.update.mutate({ styleId: ids.style, promptPrefix: undo ? PREFIX : "ink and pen" }),
  "the style's LoRA file": (undo) =>
    app.client.style.update.mutate({
      styleId: ids.style,
      loraFile: undo ? "noir.safetensors" : "watercolor.safetensors",
    }),
  "the style's LoRA strength": (undo) =>
    app.client.style.update.mutate({ styleId: ids.style, loraStrength: undo ? 0.5 : 0.6 }),
  "the model's workflow": async (undo) => {
    const text = await readFile(join(root, ...DEFAULT_WORKFLOWS["image-to-image"].split("/")), "utf8");
    const change = undo ? { workflowFile: null } : { workflow: text.replace('"euler"', '"heun"') };
    return app.client.model.update.mutate({ modelId: ids.model, ...change });
  },
  "its characters": (undo) =>
    app.client.sentence.update.mutate({ sentenceId, characterIds: undo ? null : [] }),
  "the cast": (undo) =>
    (undo ? app.client.cast.add : app.client.cast.remove).mutate({ projectId, characterId: ids.character }),
  "a character's main picture": (undo) =>
    app.client.character.update.mutate({
      characterId: ids.character,
      mainImageId: undo ? ids.firstPicture : ids.secondPicture,
    }),
  "a character's description, where the style asks for it": (undo) =>
    app.client.character.update.mutate({
      characterId: ids.character,
      description: undo ? "" : "an old sailor",
    }),
  "a character's name, by which it was found": (undo) =>
    app.client.character.update.mutate({ characterId: ids.character, name: undo ? "Mira" : "Marie" }),
};

describe("a picture turns dirty by a change of", () => {
  test.each(Object.entries(update))("%s, and clean again when that is undone", async (_, change) => {
    await change(false);
    expect(await isDirty()).toBe(true);
    await change(true);
    expect(await isDirty()).toBe(false);
  });
});

const harmless: Record<string, () => Promise<unknown>> = {
  "its seed and its locks": () =>
    app.client.sentence.update.mutate({ sentenceId: other, seed: 5, isSeedLocked: true, isLocked: false }),
  "its text, where it has an image prompt": () =>
    app.client.sentence.update.mutate({ sentenceId: other, text: "Nobody at all waits." }),
  "the project's name": () => app.client.project.update.mutate({ projectId, name: "Still clean" }),
  "the model's steps and cfg": () =>
    app.client.model.update.mutate({ modelId: ids.model, defaultSteps: 2, defaultCfg: 3 }),
  "the style's name": () => app.client.style.update.mutate({ styleId: ids.style, name: "Indian ink" }),
  "a character that is not in it": () =>
    app.client.character.update.mutate({ characterId: ids.character, description: "Tall." }),
};

describe("a picture stays clean after a change of", () => {
  test.each(Object.entries(harmless))("%s", async (_, change) => {
    await change();
    expect(await isDirty(other)).toBe(false);
  });
});

test("the dirty flag is kept when the prompt was edited during the render, and undoing the edit clears it", async () => {
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({
    projectId,
    sentenceIds: [other],
    force: true,
    modelId: "z-image-turbo",
    styleId: "none",
  });
  const prompt = await running(app.comfy, jobIds[0]!);
  await app.client.sentence.update.mutate({
    sentenceId: other,
    imagePrompt: "A quay full of people",
    modelId: "z-image-turbo",
    styleId: "none",
  });
  app.comfy.release();
  await app.settled(projectId);
  expect(textOf(prompt)).toBe("An empty quay");
  expect(await sentence(app, other)).toMatchObject({
    status: "completed",
    isImageDirty: true,
    imagePrompt: "A quay full of people",
  });
  await app.client.sentence.update.mutate({ sentenceId: other, imagePrompt: "An empty quay" });
  expect(await isDirty(other)).toBe(false);
});

test("a dirty shot needs a picture, and its next one is made from the edited prompt", async () => {
  await app.client.sentence.update.mutate({ sentenceId: other, imagePrompt: "A quay at noon" });
  const { prompt } = await paintOne(app, { projectId, sentenceIds: [other] });
  expect(textOf(prompt)).toBe("A quay at noon");
  expect(await isDirty(other)).toBe(false);
});
