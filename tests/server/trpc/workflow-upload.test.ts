import { existsSync } from "node:fs";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "../../support/api";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";
import { sdxl } from "../workflow/sample-graphs";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

let made = 0;
const create = (more: object) => {
  made += 1;
  return app.client.model.create.mutate({ name: `New ${made}`, workflowType: "text-to-image", ...more });
};
const { save: _, ...withoutOutput } = sdxl;
const editorFormat = { nodes: [{ id: 1, type: "SaveImage" }], links: [], version: 0.4 };

describe("a workflow that is uploaded", () => {
  test("makes a model whose slots are found, and whose file lies in the data folder", async () => {
    const made = await create({ id: "sdxl", workflow: JSON.stringify(sdxl) });
    expect(made).toMatchObject({
      id: "sdxl",
      workflowCategory: "image",
      defaultSteps: 8,
      defaultCfg: 1,
      maxReferences: 0,
      isActive: true,
    });
    expect(made.workflowFile).toMatch(/^workflows\/sdxl-[0-9a-f]{12}\.json$/);
    expect(existsSync(join(app.dataDir, made.workflowFile!))).toBe(true);
    expect([...new Set(made.slots.map((one) => one.slot))].toSorted()).toEqual([
      "cfg",
      "height",
      "lora",
      "negative",
      "output",
      "prompt",
      "seed",
      "steps",
      "width",
    ]);
    expect(await app.client.model.get.query({ modelId: "sdxl" })).toEqual(made);
  });

  test("takes the place of another, whose file stays for the jobs that run on it", async () => {
    const made = await create({ id: "twice", workflow: JSON.stringify(sdxl) });
    const other = {
      ...sdxl,
      latent: { ...sdxl["latent"], inputs: { width: 512, height: 512, batch_size: 1 } },
    };
    const changed = await app.client.model.update.mutate({
      modelId: "twice",
      workflow: JSON.stringify(other),
    });
    expect(changed.workflowFile).not.toBe(made.workflowFile);
    for (const file of [made.workflowFile!, changed.workflowFile!])
      expect(existsSync(join(app.dataDir, file))).toBe(true);
    expect(await app.client.model.delete.mutate({ modelId: "twice" })).toEqual({ id: "twice" });
  });

  test.each<[string, () => string]>([
    ["that is not JSON", () => "{ nodes: "],
    ["that is empty", () => ""],
    ["that is a list", () => "[]"],
    ["that is null", () => "null"],
    ["that is an empty object", () => "{}"],
    ["in the editor's format, without an output", () => JSON.stringify(editorFormat)],
    ["without an output", () => JSON.stringify(withoutOutput)],
    [
      "of more than 10 MB",
      () =>
        JSON.stringify({
          ...sdxl,
          note: { class_type: "Note", inputs: { text: "x".repeat(10 * 1024 * 1024) } },
        }),
    ],
    [
      "of more than 10 MB in bytes only",
      () =>
        JSON.stringify({
          ...sdxl,
          note: { class_type: "Note", inputs: { text: "ä".repeat(6 * 1024 * 1024) } },
        }),
    ],
  ])("%s is refused, naming workflow, and nothing is stored", { timeout: 60_000 }, async (_, workflow) => {
    const before = await dumpDatabase(app.runtime.services.database);
    const files = await readdir(join(app.dataDir, "workflows"));
    for (const call of [
      () => create({ workflow: workflow() }),
      () => app.client.model.update.mutate({ modelId: "sdxl", workflow: workflow() }),
    ])
      expect(await refusalOf(call())).toMatchObject({
        code: "BAD_REQUEST",
        httpStatus: 400,
        field: "workflow",
      });
    expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
    expect(await readdir(join(app.dataDir, "workflows"))).toEqual(files);
  });
});

describe("a workflowFile", () => {
  test.each([
    "../package.json",
    "workflows/../../package.json",
    "workflows/image/../../package.json",
    "/etc/passwd",
    "C:\\Windows\\win.json",
    "..\\x.json",
    "workflows/.hidden.json",
    "workflows/con.json",
    "workflows/x.txt",
    "workflows",
    "",
    "a\u0000.json",
    "workflows/nothing-here.json",
    `${"x".repeat(395)}.json`,
  ])("like %j is refused, naming workflowFile", async (workflowFile) => {
    for (const call of [
      () => create({ workflowFile }),
      () => app.client.model.update.mutate({ modelId: "z-image-turbo", workflowFile }),
    ])
      expect(await refusalOf(call())).toMatchObject({ code: "BAD_REQUEST", field: "workflowFile" });
  });

  test("that leads out of its folder through a link is refused", async () => {
    const outside = join(app.dataDir, "outside");
    await mkdir(outside, { recursive: true });
    await mkdir(join(app.dataDir, "workflows"), { recursive: true });
    await writeFile(join(outside, "x.json"), JSON.stringify(sdxl));
    // A junction: Windows lets everybody make one.
    await symlink(outside, join(app.dataDir, "workflows", "inside"), "junction");
    expect(await refusalOf(create({ workflowFile: "workflows/inside/x.json" }))).toMatchObject({
      code: "BAD_REQUEST",
      reason: "workflow_path",
      field: "workflowFile",
    });
  });

  test("and a workflow together are refused", async () => {
    const both = { workflowFile: "workflows/image/x.json", workflow: JSON.stringify(sdxl) };
    expect(await refusalOf(create(both))).toMatchObject({ field: "workflow" });
    expect(await refusalOf(app.client.model.update.mutate({ modelId: "sdxl", ...both }))).toMatchObject({
      field: "workflow",
    });
  });
});

describe("a model whose workflow file is gone", () => {
  test("is listed, renamed and switched off, and says what it lacks where pictures are asked of it", async () => {
    const made = await create({ id: "gone", workflow: JSON.stringify(sdxl) });
    await rm(join(app.dataDir, made.workflowFile!));
    const { projectId } = await app.project(1, { modelId: "gone" });
    expect(await app.client.model.get.query({ modelId: "gone" })).toEqual(made);
    expect((await app.client.model.list.query()).items).toContainEqual(made);
    const renamed = { ...made, name: "Gone", defaultSteps: 12 };
    expect(await app.client.model.update.mutate({ modelId: "gone", name: "Gone", defaultSteps: 12 })).toEqual(
      renamed,
    );
    expect(await app.client.image.generate.mutate({ projectId })).toMatchObject({
      queued: 0,
      problems: [{ code: "workflow_not_found" }],
    });
    const off = { ...renamed, isActive: false };
    expect(await app.client.model.update.mutate({ modelId: "gone", isActive: false })).toEqual(off);
    // What is checked against the file is still refused.
    expect(
      await refusalOf(app.client.model.update.mutate({ modelId: "gone", workflowType: "image-to-image" })),
    ).toMatchObject({ reason: "workflow_not_found", field: "workflowFile" });
    const mended = await app.client.model.update.mutate({ modelId: "gone", workflow: JSON.stringify(sdxl) });
    expect(mended).toEqual(off);
  });
});

describe("a model of category video", () => {
  test("can be made, and says when pictures are asked of it that it makes none", async () => {
    const made = await create({ id: "movie", workflowType: "image-to-video" });
    expect(made).toMatchObject({ workflowCategory: "video", slots: [], maxReferences: 0 });
    const { projectId } = await app.project(1);
    const refusal = await refusalOf(app.client.image.generate.mutate({ projectId, modelId: "movie" }));
    expect(refusal).toMatchObject({ code: "BAD_REQUEST", reason: "model_is_video", field: "modelId" });
    expect(refusal.message).toContain("videos, not images");
  });

  test("is not of an image type, nor the other way round", async () => {
    const field = "workflowCategory";
    expect(await refusalOf(create({ workflowCategory: "video" }))).toMatchObject({
      code: "BAD_REQUEST",
      field,
    });
    expect(
      await refusalOf(create({ workflowType: "image-to-video", workflowCategory: "image" })),
    ).toMatchObject({ field });
  });
});

test("the id of the queue of jobs without a model cannot be taken", async () => {
  expect(await refusalOf(create({ id: "default" }))).toMatchObject({
    code: "BAD_REQUEST",
    reason: "model_id_reserved",
    field: "id",
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});
