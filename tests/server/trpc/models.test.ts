import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";
import { refusalOf } from "../../support/api";
import { sdxl } from "../workflow/sample-graphs";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const text = JSON.stringify(sdxl);
const create = (name: string, more: object = {}) =>
  app.client.model.create.mutate({ name, workflowType: "text-to-image", ...more });
const smaller = JSON.stringify({
  ...sdxl,
  latent: { ...sdxl["latent"], inputs: { width: 512, height: 512, batch_size: 1 } },
});

async function dirtyIds(projectId: string): Promise<string[]> {
  const project = await app.client.project.get.query({ projectId });
  return project.sections.flatMap(({ sentences }) =>
    sentences.filter((one) => one.isImageDirty).map((one) => one.id),
  );
}

test("a workflow is looked into before it is saved: slots, references, and what the server lacks", async () => {
  const before = existsSync(join(app.dataDir, "workflows"))
    ? await readdir(join(app.dataDir, "workflows"))
    : [];
  const found = await app.client.model.inspect.mutate({ workflow: text });
  expect(found).toMatchObject({ workflowFile: null, nodes: Object.keys(sdxl).length, maxReferences: 0 });
  expect(new Set(found.slots.map((one) => one.slot))).toContain("negative");
  expect(found.servers).toMatchObject([{ url: app.comfy.url, status: "ok", isDemo: false }]);
  expect(
    existsSync(join(app.dataDir, "workflows")) ? await readdir(join(app.dataDir, "workflows")) : [],
  ).toEqual(before);
});

test("the same is found by model, by file and by type", async () => {
  const byModel = await app.client.model.inspect.mutate({ modelId: "z-image-turbo" });
  const { workflowFile } = await app.client.model.get.query({ modelId: "z-image-turbo" });
  expect(byModel.workflowFile).toBe(workflowFile);
  expect(await app.client.model.inspect.mutate({ workflowFile: workflowFile! })).toEqual(byModel);
  expect(await app.client.model.inspect.mutate({ workflowType: "text-to-image" })).toEqual(byModel);
});

test("missing files are named with their folder and missing nodes with what to do, asked anew each time", async () => {
  const other = await startDemoComfyUI({
    stepMs: 0,
    paint: false,
    missingClasses: ["ModelSamplingAuraFlow"],
    files: { vae: [] },
  });
  try {
    await using one = await startTestApp({ env: { COMFYUI_URL: other.url } });
    const inspect = async () =>
      (await one.client.model.inspect.mutate({ modelId: "z-image-turbo" })).servers[0]!;
    expect((await inspect()).problems.toSorted((a, b) => a.code.localeCompare(b.code))).toMatchObject([
      { code: "missing_file", value: "ae.safetensors", folder: "models/vae" },
      { code: "missing_node_type", classType: "ModelSamplingAuraFlow", remedy: expect.any(String) as string },
    ]);
    other.setFiles("vae", ["ae.safetensors"]);
    expect((await inspect()).problems).toMatchObject([{ code: "missing_node_type" }]);
    await other.stop();
    expect(await inspect()).toMatchObject({ status: "unreachable", problems: [] });
  } finally {
    await other.close();
  }
});

test("a workflow that cannot be used is refused at the field that it came by", async () => {
  const inspect = (input: Parameters<TestApp["client"]["model"]["inspect"]["mutate"]>[0]) =>
    refusalOf(app.client.model.inspect.mutate(input));
  expect(await inspect({ workflow: "{" })).toMatchObject({ reason: "workflow_not_json", field: "workflow" });
  expect(await inspect({ workflow: JSON.stringify({ nodes: [], links: [], version: 0.4 }) })).toMatchObject({
    reason: "workflow_not_api_format",
    field: "workflow",
    remedy: expect.stringContaining("API") as string,
  });
  expect(await inspect({ workflowFile: "workflows/none.json" })).toMatchObject({
    reason: "workflow_not_found",
    field: "workflowFile",
  });
  expect(await inspect({})).toMatchObject({ code: "BAD_REQUEST", field: "modelId" });
  expect(await inspect({ workflow: text, workflowType: "text-to-image" })).toMatchObject({
    field: "modelId",
  });
});

test("what a change makes dirty is foreseen before it is saved, and comes true", async () => {
  const { id: modelId } = await create("Foreseen");
  const { projectId, sentenceIds } = await app.project(3, { modelId });
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, isLocked: true });
  for (const change of [
    { name: "Foreseen, renamed" },
    { defaultSteps: 30 },
    { renderWidth: 512, renderHeight: 512 },
    { renderWidth: null, renderHeight: null },
    { workflow: smaller },
    { isActive: false },
  ]) {
    const before = await dirtyIds(projectId);
    const foreseen = await app.client.model.foresee.mutate({ modelId, ...change });
    expect(await dirtyIds(projectId)).toEqual(before);
    await app.client.model.update.mutate({ modelId, ...change });
    const fresh = (await dirtyIds(projectId)).filter((id) => !before.includes(id));
    expect({ change, foreseen }).toEqual({
      change,
      foreseen: {
        shots: fresh.length,
        projects: fresh.length > 0 ? 1 : 0,
        locked: fresh.includes(sentenceIds[0]!) ? 1 : 0,
      },
    });
    if (change.renderWidth === 512) expect(foreseen).toEqual({ shots: 3, projects: 1, locked: 1 });
  }
});

test("two models of one name are refused at the name, and nothing of the second is kept", async () => {
  const { id } = await create("One of a kind");
  for (const name of ["One of a kind", " ONE OF A KIND ", "z-image-turbo"])
    expect(await refusalOf(create(name, { workflow: text }))).toMatchObject({
      code: "CONFLICT",
      reason: "name_taken",
      field: "name",
    });
  expect(await refusalOf(create("One of a kind", { id: "second", workflow: text }))).toMatchObject({
    reason: "name_taken",
  });
  expect((await readdir(join(app.dataDir, "workflows"))).filter((file) => file.startsWith("second"))).toEqual(
    [],
  );
  expect(
    await refusalOf(app.client.model.update.mutate({ modelId: id, name: "FLUX.2 Klein 4B" })),
  ).toMatchObject({ reason: "name_taken", field: "name" });
  await app.client.model.update.mutate({ modelId: id, name: "One Of A Kind" });
  const answers = await Promise.allSettled(Array.from({ length: 4 }, () => create("Models at once")));
  expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});

test("two models of one id at once: one is made, the other is refused at the id", async () => {
  const answers = await Promise.all(
    ["The one", "The other"].map((name) =>
      create(name, { id: "one-id" }).then(
        () => null,
        (error: unknown) => refusalOf(Promise.reject(error)),
      ),
    ),
  );
  expect(answers.filter((one) => one === null)).toHaveLength(1);
  expect(answers.find((one) => one !== null)).toMatchObject({
    code: "CONFLICT",
    reason: "model_exists",
    field: "id",
  });
});

test("two changes of one model at once do not undo each other", async () => {
  const { id: modelId } = await create("Changed twice", { workflow: text });
  const [{ workflowFile }] = await Promise.all([
    app.client.model.update.mutate({ modelId, workflow: smaller }),
    app.client.model.update.mutate({ modelId, defaultSteps: 31 }),
    app.client.model.update.mutate({ modelId, defaultCfg: 3 }),
  ]);
  expect(await app.client.model.get.query({ modelId })).toMatchObject({
    workflowFile,
    defaultSteps: 31,
    defaultCfg: 3,
  });
  expect(await app.client.model.update.mutate({ modelId })).toMatchObject({ workflowFile, defaultSteps: 31 });
});

test("a job that runs ends on the workflow it began with, and its picture then counts as changed", async () => {
  const path = join(root, "workflows", "image", "text-to-image-image_z_image_turbo.json");
  const first = await readFile(path, "utf8");
  const second = first.replace('"res_multistep"', '"euler"');
  expect(second).not.toBe(first);
  const { id: modelId } = await create("Changed meanwhile", { workflow: first });
  const { projectId, sentenceIds } = await app.project(1, { modelId });
  const before = app.comfy.prompts.length;
  app.comfy.pause();
  expect(await app.client.image.generate.mutate({ projectId })).toMatchObject({ queued: 1, problems: [] });
  await app.comfy.waitFor("started", before + 1);
  await app.client.model.update.mutate({ modelId, workflow: second });
  app.comfy.release();
  await app.settled(projectId);
  const [take] = (await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items;
  expect(take!.workflowHash).toBe((await app.client.model.inspect.mutate({ workflow: first })).hash);
  expect(app.comfy.prompts).toHaveLength(before + 1);
  expect(await dirtyIds(projectId)).toEqual(sentenceIds);
});

test("a video's workflow is kept as it is, named inside its folders alone, and not looked into", async () => {
  const video = JSON.stringify({
    "1": { class_type: "LoadImage", inputs: { image: "a.png" } },
    "2": { class_type: "SaveVideo", inputs: { video: ["1", 0] } },
  });
  const film = (name: string, more: object) =>
    app.client.model.create.mutate({ name, workflowType: "image-to-video", ...more });
  const { id: modelId, slots } = await film("Film", { workflow: video });
  expect(slots).toEqual([]);
  expect(await app.client.model.foresee.mutate({ modelId, workflow: video })).toEqual({
    shots: 0,
    projects: 0,
    locked: 0,
  });
  expect(await refusalOf(film("Outside", { workflowFile: "../../secret.json" }))).toMatchObject({
    code: "BAD_REQUEST",
    field: "workflowFile",
  });
  expect(await refusalOf(app.client.model.inspect.mutate({ modelId }))).toMatchObject({
    reason: "workflow_is_video",
    field: "modelId",
  });
  expect(await refusalOf(app.client.model.inspect.mutate({ workflowType: "image-to-video" }))).toMatchObject({
    reason: "workflow_is_video",
    field: "workflowType",
  });
});

test("a model that projects, shots, styles or open jobs use is not deleted, and the answer says by what", async () => {
  const { id: modelId } = await create("In use");
  const { projectId, sentenceIds } = await app.project(1);
  app.comfy.pause();
  await app.client.image.generate.mutate({ projectId, modelId });
  await app.comfy.waitFor("started", app.comfy.prompts.length + 1);
  const usage = () => app.client.model.usage.query({ modelId });
  const remove = () => app.client.model.delete.mutate({ modelId });
  expect(await usage()).toEqual({ projects: [], shots: 0, styles: [], jobs: 1 });
  expect(await refusalOf(remove())).toMatchObject({
    code: "CONFLICT",
    field: "modelId",
    message: expect.stringContaining("1 open job") as string,
  });
  app.comfy.release();
  await app.settled(projectId);
  await app.client.project.update.mutate({ projectId, modelId });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, modelId });
  const style = await app.client.style.create.mutate({
    name: "Only with it",
    styleType: "prompt",
    compatibleModels: [modelId],
  });
  expect(await usage()).toEqual({
    projects: [{ id: projectId, name: "Test" }],
    shots: 1,
    styles: ["Only with it"],
    jobs: 0,
  });
  expect(await refusalOf(remove())).toMatchObject({
    message: expect.stringMatching(/1 project, 1 shot, 1 style/) as string,
  });
  await app.client.project.update.mutate({ projectId, modelId: null });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, modelId: null });
  await app.client.style.delete.mutate({ styleId: style.id });
  expect(await remove()).toEqual({ id: modelId });
});

test("the workflow files that can be picked are listed, and nothing outside their folders", async () => {
  const folder = join(app.dataDir, "workflows");
  await mkdir(join(folder, "own"), { recursive: true });
  await writeFile(join(folder, "own", "mine.json"), text);
  await writeFile(join(folder, "notes.txt"), "no workflow");
  await writeFile(join(folder, "CON.json"), text);
  await symlink("/etc/passwd", join(folder, "out.json"));
  await symlink("/etc", join(folder, "etc"));
  const { items } = await app.client.model.workflows.query();
  const files = items.map((one) => one.file);
  expect(files).toContain("workflows/own/mine.json");
  expect(files).toEqual(files.toSorted());
  expect(files.filter((file) => /notes|CON|out|etc/.test(file))).toEqual([]);
  const { workflowFile } = await app.client.model.get.query({ modelId: "z-image-turbo" });
  expect(items.find((one) => one.file === workflowFile)!.models).toBeGreaterThan(0);
  const made = await create("From a file", { workflowFile: "workflows/own/mine.json" });
  expect(made.slots.length).toBeGreaterThan(5);
});
