import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const picture = (red: number) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toBuffer();
const upload = async (characterId: string, bytes: Buffer) => {
  const answer = await fetch(`${app.url}/api/v1/characters/${characterId}/images`, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: new Uint8Array(bytes),
  });
  expect(answer.status).toBe(201);
};
/** A project of painted, clean shots, and which of them are dirty. */
const painted = async (texts: string[], more: { modelId?: string; styleId?: string } = {}) => {
  const sections = [{ title: "One", sentences: texts.map((text) => ({ text })) }];
  const { id: projectId } = await app.client.project.create.mutate({ name: "Painted", sections, ...more });
  return { projectId };
};
const paint = async (projectId: string) => {
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
};
const dirty = async (projectId: string) =>
  (await app.client.project.get.query({ projectId })).sections[0]!.sentences.map((one) => one.isImageDirty);

describe("models", () => {
  test("have exactly the contract's fields", async () => {
    const model = await app.client.model.get.query({ modelId: "flux2-klein-4b" });
    expect(model).toEqual({
      id: "flux2-klein-4b",
      name: "FLUX.2 Klein 4B",
      workflowCategory: "image",
      workflowType: "image-to-image",
      workflowFile: "workflows/image/image_flux2_klein_image_edit_4b_base.json",
      defaultSteps: 20,
      defaultCfg: 5,
      renderWidth: null,
      renderHeight: null,
      slots: expect.arrayContaining([
        {
          slot: "prompt",
          nodeId: expect.any(String),
          classType: expect.any(String),
          title: expect.anything(),
          input: "text",
        },
      ]),
      slotChoices: [],
      maxReferences: expect.any(Number),
      isActive: true,
      previewUrl: null,
      createdAt: TIME,
    });
  });

  test("are made on the default of their type, changed, and deleted once nothing uses them", async () => {
    const made = await app.client.model.create.mutate({
      id: "mine",
      name: "Mine",
      workflowType: "image-to-image",
      defaultSteps: 4,
      renderWidth: 1024,
    });
    expect(made).toMatchObject({
      id: "mine",
      workflowFile: null,
      defaultSteps: 4,
      defaultCfg: 5,
      renderWidth: 1024,
      renderHeight: null,
      isActive: true,
    });
    expect(made.slots.length).toBeGreaterThan(0);
    const { projectId } = await painted(["A."], { modelId: "mine" });
    const used = await refusalOf(app.client.model.delete.mutate({ modelId: "mine" }));
    expect(used).toMatchObject({ code: "CONFLICT", reason: "in_use" });
    expect(used.message).toContain("1 project");
    expect(
      await app.client.model.update.mutate({ modelId: "mine", isActive: false, renderWidth: null }),
    ).toMatchObject({ isActive: false, renderWidth: null, defaultSteps: 4 });
    const refusal = await refusalOf(app.client.image.generate.mutate({ projectId }));
    expect(refusal).toMatchObject({ code: "BAD_REQUEST", reason: "model_inactive", field: "modelId" });
    await app.client.project.update.mutate({ projectId, modelId: null });
    expect(await app.client.model.delete.mutate({ modelId: "mine" })).toEqual({ id: "mine" });
  });

  test("that get another size make the pictures dirty that they made", async () => {
    await app.client.model.create.mutate({ id: "sized", name: "Sized", workflowType: "text-to-image" });
    const { projectId } = await painted(["A."], { modelId: "sized" });
    await paint(projectId);
    await app.client.model.update.mutate({ modelId: "sized", name: "Still sized", defaultSteps: 9 });
    expect(await dirty(projectId)).toEqual([false]);
    await app.client.model.update.mutate({ modelId: "sized", renderWidth: 1024 });
    expect(await dirty(projectId)).toEqual([true]);
    await app.client.model.update.mutate({ modelId: "sized", renderWidth: null });
    expect(await dirty(projectId)).toEqual([false]);
  });
});

describe("styles", () => {
  test("have exactly the contract's fields, and ten are there from the start", async () => {
    const { items } = await app.client.style.list.query();
    expect(items.map((one) => one.id).toSorted()).toEqual([
      "anime",
      "cinematic",
      "documentary",
      "noir",
      "none",
      "oil-painting",
      "pencil-sketch",
      "vintage-photo",
      "watercolor",
      "watercolor-lora",
    ]);
    expect(items.find((one) => one.id === "watercolor-lora")).toEqual({
      id: "watercolor-lora",
      previewUrl: null,
      name: "Watercolor (LoRA)",
      styleType: "lora",
      promptPrefix: "watercolor painting",
      negativePrompt: null,
      loraFile: "watercolor.safetensors",
      loraStrength: 0.9,
      compatibleModels: [],
      requiresCharacterRef: false,
      isActive: false,
      createdAt: TIME,
    });
  });

  test("are made, changed, left as they are, and deleted", async () => {
    const made = await app.client.style.create.mutate({
      id: "mine",
      name: "Mine",
      styleType: "prompt",
      promptPrefix: "{prompt}, mine",
      compatibleModels: ["flux2-klein-4b"],
    });
    expect(made).toMatchObject({
      id: "mine",
      promptPrefix: "{prompt}, mine",
      loraStrength: 1,
      isActive: true,
    });
    expect(await app.client.style.update.mutate({ styleId: "mine" })).toEqual(made);
    const change = {
      styleType: "lora" as const,
      loraFile: "mine.safetensors",
      loraStrength: 0.5,
      promptPrefix: null,
    };
    expect(await app.client.style.update.mutate({ styleId: "mine", ...change })).toEqual({
      ...made,
      ...change,
    });
    expect(await app.client.style.get.query({ styleId: "mine" })).toEqual({ ...made, ...change });
    expect(await app.client.style.delete.mutate({ styleId: "mine" })).toEqual({ id: "mine" });
  });

  test("that get another prefix make the pictures dirty that use them", async () => {
    await app.client.style.create.mutate({
      id: "fog",
      name: "Fog",
      styleType: "prompt",
      promptPrefix: "in fog",
    });
    const { projectId } = await painted(["A."], { styleId: "fog" });
    await paint(projectId);
    await app.client.style.update.mutate({ styleId: "fog", name: "Thick fog" });
    expect(await dirty(projectId)).toEqual([false]);
    await app.client.style.update.mutate({ styleId: "fog", promptPrefix: "in thick fog" });
    expect(await dirty(projectId)).toEqual([true]);
    const refusal = await refusalOf(app.client.style.delete.mutate({ styleId: "fog" }));
    expect(refusal).toMatchObject({ code: "CONFLICT", reason: "in_use", field: "styleId" });
  });
});

describe("characters and the cast", () => {
  test("characters are made, get pictures of which the first is the main one, and lose them", async () => {
    const made = await app.client.character.create.mutate({ name: "Jonas" });
    expect(made).toEqual({
      id: expect.any(String),
      name: "Jonas",
      kind: "person",
      description: "",
      images: [],
      createdAt: TIME,
    });
    const characterId = made.id;
    await upload(characterId, await picture(255));
    await upload(characterId, await picture(100));
    const { images } = await app.client.character.get.query({ characterId });
    expect(images).toEqual([
      {
        id: expect.any(String),
        url: `/media/characters/${characterId}/${images[0]!.id}`,
        width: 64,
        height: 48,
        isMain: true,
      },
      {
        id: expect.any(String),
        url: `/media/characters/${characterId}/${images[1]!.id}`,
        width: 64,
        height: 48,
        isMain: false,
      },
    ]);
    const change = { name: "Old Jonas", kind: "object" as const, description: "A boat." };
    const changed = await app.client.character.update.mutate({
      characterId,
      ...change,
      mainImageId: images[1]!.id,
    });
    expect(changed).toMatchObject({
      ...change,
      images: [
        { id: images[1]!.id, isMain: true },
        { id: images[0]!.id, isMain: false },
      ],
    });
    const left = await app.client.character.deleteImage.mutate({ characterId, imageId: images[1]!.id });
    expect(left.images).toMatchObject([{ id: images[0]!.id, isMain: true }]);
    const file = join(app.dataDir, "characters", characterId, `${images[0]!.id}.png`);
    expect(existsSync(file)).toBe(true);
    expect(await app.client.character.delete.mutate({ characterId })).toEqual({ id: characterId });
    expect(existsSync(file)).toBe(false);
  });

  test("the cast is listed in order, each member once, and shots that name a new member turn dirty", async () => {
    const { projectId } = await painted(["Hedda rows.", "Nobody rows."], { modelId: "flux2-klein-4b" });
    await paint(projectId);
    expect(await dirty(projectId)).toEqual([false, false]);
    const { id: characterId } = await app.client.character.create.mutate({ name: "Hedda" });
    await upload(characterId, await picture(1));
    await app.client.cast.add.mutate({ projectId, characterId: "mira-solberg" });
    await app.client.cast.add.mutate({ projectId, characterId });
    const cast = await app.client.cast.add.mutate({ projectId, characterId });
    expect(cast).toMatchObject({
      items: [{ id: "mira-solberg" }, { id: characterId, images: [{ isMain: true }] }],
      nextCursor: null,
    });
    expect(await dirty(projectId)).toEqual([true, false]);
    expect(await app.client.cast.remove.mutate({ projectId, characterId })).toMatchObject({
      items: [{ id: "mira-solberg" }],
    });
    expect(await app.client.cast.list.query({ projectId })).toMatchObject({
      items: [{ id: "mira-solberg" }],
    });
    expect(await dirty(projectId)).toEqual([false, false]);
  });

  test("shots of a character that is deleted or gets another main picture turn dirty", async () => {
    const { projectId } = await painted(["Hedda rows.", "Nobody rows."], { modelId: "flux2-klein-4b" });
    const { id: characterId } = await app.client.character.create.mutate({ name: "Hedda" });
    await upload(characterId, await picture(2));
    await app.client.cast.add.mutate({ projectId, characterId });
    await paint(projectId);
    await upload(characterId, await picture(3));
    expect(await dirty(projectId)).toEqual([false, false]);
    const { images } = await app.client.character.get.query({ characterId });
    await app.client.character.update.mutate({ characterId, mainImageId: images[1]!.id });
    expect(await dirty(projectId)).toEqual([true, false]);
    await app.client.character.update.mutate({ characterId, mainImageId: images[0]!.id });
    expect(await dirty(projectId)).toEqual([false, false]);
    await app.client.character.delete.mutate({ characterId });
    expect(await dirty(projectId)).toEqual([true, false]);
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});
