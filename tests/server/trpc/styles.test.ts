import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp, type TestApp } from "../../support/test-app";
import { refusalOf } from "../../support/api";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: ["b.safetensors", "sub\\a.safetensors"] } } });
});
afterAll(() => app[Symbol.asyncDispose]());

const create = (
  name: string,
  more: Partial<Parameters<TestApp["client"]["style"]["create"]["mutate"]>[0]> = {},
) => app.client.style.create.mutate({ name, styleType: "prompt", ...more });

async function paintedIn(styleId: string, count: number) {
  const made = await app.project(count, { styleId });
  await app.client.image.generate.mutate({ projectId: made.projectId });
  await app.settled(made.projectId);
  return made;
}

async function dirtyIds(projectId: string): Promise<string[]> {
  const project = await app.client.project.get.query({ projectId });
  return project.sections.flatMap(({ sentences }) =>
    sentences.filter((one) => one.isImageDirty).map((one) => one.id),
  );
}

test("a style's preview is the newest picture that was made in it", async () => {
  const { id: styleId } = await create("With pictures", { promptPrefix: "Chalk" });
  expect(await app.client.style.get.query({ styleId })).toMatchObject({ previewUrl: null });
  const { projectId, sentenceIds } = await paintedIn(styleId, 2);
  await app.client.image.generate.mutate({ projectId, sentenceIds: [sentenceIds[0]!], force: true });
  await app.settled(projectId);
  const [newest] = (await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items;
  const previewUrl = `/media/projects/${projectId}/takes/${newest!.id}.png`;
  expect(await app.client.style.get.query({ styleId })).toMatchObject({ previewUrl });
  const { items } = await app.client.style.list.query();
  expect(items.find((one) => one.id === styleId)).toMatchObject({ previewUrl });
  expect((await fetch(`${app.url}${previewUrl}?w=640`)).status).toBe(200);
});

test("what a change makes dirty is foreseen before it is saved, and comes true", async () => {
  const { id: styleId } = await create("Foreseen", { promptPrefix: "Chalk" });
  const first = await paintedIn(styleId, 3);
  const second = await paintedIn(styleId, 2);
  const [locked, kept] = first.sentenceIds as [string, string];
  await app.client.sentence.update.mutate({ sentenceId: locked, isLocked: true });
  await app.client.sentence.update.mutate({ sentenceId: kept, text: "Dirty already." });
  const changes = [
    { name: "Foreseen, renamed" },
    { negativePrompt: "people" },
    { promptPrefix: "Ink" },
    { promptPrefix: "Chalk" },
    { isActive: false },
    { isActive: true, styleType: "lora" as const, loraFile: "b.safetensors", promptPrefix: "Ink" },
  ];
  for (const change of changes) {
    const before = [...(await dirtyIds(first.projectId)), ...(await dirtyIds(second.projectId))];
    const foreseen = await app.client.style.foresee.query({ styleId, ...change });
    await app.client.style.update.mutate({ styleId, ...change });
    const after = [...(await dirtyIds(first.projectId)), ...(await dirtyIds(second.projectId))];
    const fresh = after.filter((id) => !before.includes(id));
    const projects = [first, second].filter(({ sentenceIds }) =>
      sentenceIds.some((id) => fresh.includes(id)),
    );
    expect({ change, foreseen }).toEqual({
      change,
      foreseen: {
        shots: fresh.length,
        projects: projects.length,
        locked: fresh.includes(locked) ? 1 : 0,
      },
    });
    if (change.promptPrefix === "Ink" && change.styleType === undefined)
      expect(foreseen).toEqual({ shots: 4, projects: 2, locked: 1 });
  }
});

test("what would be refused is refused when it is foreseen, at the same field, and nothing is written", async () => {
  const style = await create("Foreseen wrongly");
  for (const change of [
    { name: "Noir" },
    { styleType: "lora" as const },
    { compatibleModels: ["z-image-turbo", "nope"] },
  ]) {
    const foreseen = await refusalOf(app.client.style.foresee.query({ styleId: style.id, ...change }));
    const updated = await refusalOf(app.client.style.update.mutate({ styleId: style.id, ...change }));
    expect({ change, foreseen }).toEqual({ change, foreseen: updated });
  }
  await app.client.style.foresee.query({ styleId: style.id, name: "Another", promptPrefix: "Ink" });
  expect(await app.client.style.get.query({ styleId: style.id })).toEqual(style);
});

test("two styles of one name are refused at the name, also when they come at the same moment", async () => {
  const { id } = await create("Chiaroscuro");
  for (const name of ["Chiaroscuro", " chiaroscuro ", "NOIR"])
    expect(await refusalOf(create(name))).toMatchObject({
      code: "CONFLICT",
      reason: "name_taken",
      field: "name",
    });
  expect(await refusalOf(app.client.style.update.mutate({ styleId: id, name: "Anime" }))).toMatchObject({
    reason: "name_taken",
    field: "name",
  });
  expect(await app.client.style.update.mutate({ styleId: id, name: "CHIAROSCURO" })).toMatchObject({
    name: "CHIAROSCURO",
  });
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => create("All at once")));
  expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});

test("a copy has all of its original but name, id and pictures", async () => {
  const original = await create("Original", {
    styleType: "lora",
    loraFile: "b.safetensors",
    loraStrength: 0.7,
    promptPrefix: "trigger",
    negativePrompt: "text",
    compatibleModels: ["z-image-turbo"],
    requiresCharacterRef: true,
    isActive: false,
  });
  const copy = await app.client.style.duplicate.mutate({ styleId: original.id });
  expect(copy).toEqual({ ...original, id: copy.id, name: "Original copy", createdAt: copy.createdAt });
  expect(copy.id).not.toBe(original.id);
  expect(await app.client.style.duplicate.mutate({ styleId: original.id })).toMatchObject({
    name: "Original copy 2",
  });
  expect(
    await refusalOf(app.client.style.duplicate.mutate({ styleId: original.id, name: "Noir" })),
  ).toMatchObject({ reason: "name_taken" });
  const long = await create("n".repeat(200));
  expect((await app.client.style.duplicate.mutate({ styleId: long.id })).name).toBe(
    `${"n".repeat(195)} copy`,
  );
});

test("a LoRA style without a file is refused at the file, and a strength over 2 at the strength; nothing is changed", async () => {
  const style = await create("Half done");
  expect(await refusalOf(create("Loose LoRA", { styleType: "lora" }))).toMatchObject({
    reason: "lora_without_file",
    field: "loraFile",
  });
  for (const [change, field] of [
    [{ styleType: "lora", name: "Changed" }, "loraFile"],
    [{ loraStrength: 2.1, name: "Changed" }, "loraStrength"],
    [{ loraFile: "", name: "Changed" }, "loraFile"],
  ] as const)
    expect(await refusalOf(app.client.style.update.mutate({ styleId: style.id, ...change }))).toMatchObject({
      field,
    });
  expect(await app.client.style.get.query({ styleId: style.id })).toEqual(style);
});

test("a style that projects, shots or open jobs use is not deleted, and the answer says by what", async () => {
  const { id: styleId } = await create("In use");
  const { projectId, sentenceIds } = await app.project(2);
  app.comfy.pause();
  await app.client.image.generate.mutate({ projectId, styleId });
  await app.comfy.waitFor("started", app.comfy.prompts.length + 1);
  expect(await app.client.style.usage.query({ styleId })).toEqual({ projects: [], shots: 0, jobs: 2 });
  const remove = () => app.client.style.delete.mutate({ styleId });
  expect(await refusalOf(remove())).toMatchObject({
    code: "CONFLICT",
    field: "styleId",
    message: expect.stringContaining("2 open jobs") as string,
  });
  app.comfy.release();
  await app.settled(projectId);
  await app.client.project.update.mutate({ projectId, styleId });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, styleId });
  expect(await app.client.style.usage.query({ styleId })).toEqual({
    projects: [{ id: projectId, name: "Test" }],
    shots: 1,
    jobs: 0,
  });
  expect(await refusalOf(remove())).toMatchObject({
    message: expect.stringMatching(/1 project, 1 shot/) as string,
  });
  await app.client.project.update.mutate({ projectId, styleId: null });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, styleId: null });
  expect(await remove()).toEqual({ id: styleId });
  // Its pictures stay.
  expect((await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items).toMatchObject([
    { styleId },
  ]);
});

test("a style that a job asks for by its legacy name is not deleted while the job is open", async () => {
  const { id: styleId } = await create("Legacy", { id: "legacy-name" });
  const { projectId } = await app.project(1);
  app.comfy.pause();
  try {
    await app.client.image.generate.mutate({ projectId, style: "Legacy-Name" });
    expect(await app.client.style.usage.query({ styleId })).toMatchObject({ jobs: 1 });
    expect(await refusalOf(app.client.style.delete.mutate({ styleId }))).toMatchObject({ reason: "in_use" });
  } finally {
    app.comfy.release();
  }
  await app.settled(projectId);
  expect(await app.client.style.delete.mutate({ styleId })).toEqual({ id: styleId });
});

test("of two changes at the same moment that leave a LoRA style without its file, one is refused", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id: styleId } = await create(`Torn ${round}`, { loraFile: "b.safetensors" });
    const update = app.client.style.update.mutate;
    await Promise.allSettled([update({ styleId, styleType: "lora" }), update({ styleId, loraFile: null })]);
    const { styleType, loraFile } = await app.client.style.get.query({ styleId });
    expect(styleType === "lora" && loraFile === null).toBe(false);
  }
});

test("the LoRA files of every server that answers are told, each once", async () => {
  const other = await startDemoComfyUI({
    stepMs: 0,
    paint: false,
    files: { loras: ["b.safetensors", "c.safetensors"] },
  });
  try {
    await using two = await startTestApp({
      comfy: { files: { loras: ["b.safetensors", "a.safetensors"] } },
      moreComfy: [other],
    });
    expect(await two.client.style.loraFiles.query()).toEqual({
      files: ["a.safetensors", "b.safetensors", "c.safetensors"],
      servers: 2,
    });
    await other.stop();
    expect(await two.client.style.loraFiles.query()).toEqual({
      files: ["a.safetensors", "b.safetensors"],
      servers: 1,
    });
  } finally {
    await other.close();
  }
});

test("a LoRA is found whichever way the slashes of its path lean", async () => {
  const { id: styleId } = await create("Leaning", { styleType: "lora", loraFile: "sub/a.safetensors" });
  const { projectId } = await paintedIn(styleId, 1);
  const project = await app.client.project.get.query({ projectId });
  expect(project.sections[0]!.sentences).toMatchObject([{ status: "completed" }]);
  expect(JSON.stringify(app.comfy.prompts.at(-1)!.graph)).toContain("sub\\\\a.safetensors");
});
