import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestApp } from "../../support/test-app";
import { startTestApp } from "../../support/test-app";
import { refusalOf } from "../../support/api";
import { paintOne } from "../generation/board";
import { inputsOf, nodesOf } from "../generation/received";
import { small } from "../generation/patience";
import { editorFile, node } from "../workflow/editor-files";
import { editorFormat } from "../workflow/editor-format";
import { textToImage } from "../workflow/sample-graphs";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    comfy: { workflows: { "mine/Harbour.json": editorFormat(), "broken.json": "{" } },
  });
});
afterAll(() => app[Symbol.asyncDispose]());

let made = 0;
const create = (more: object = {}) => {
  made += 1;
  return app.client.model.create.mutate({
    name: `Slots ${made}`,
    workflowType: "text-to-image",
    workflow: editorFormat(),
    ...more,
  });
};
const placeOf = (slots: { slot: string; nodeId: string; input: string }[], slot: string) =>
  slots.filter((one) => one.slot === slot).map(({ nodeId, input }) => [nodeId, input]);

test("a model is made from a workflow as the editor saves it, and paints with it", async () => {
  const model = await create();
  expect(placeOf(model.slots, "prompt")).toEqual([["4", "text"]]);
  const { projectId } = await app.project(1, { ...small, modelId: model.id });
  const { prompt } = await paintOne(app, { projectId, seed: 9 });
  expect(inputsOf(prompt, "KSampler")).toMatchObject({ seed: 9, sampler_name: "res_multistep" });
  expect(nodesOf(prompt, "UNETLoader")[0]?.inputs).toMatchObject({
    unet_name: "z_image_turbo_bf16.safetensors",
  });
});

test("what is found is shown before it is saved: format, present values, and the places that could be chosen", async () => {
  const found = await app.client.model.inspect.mutate({ workflow: editorFormat() });
  expect(found).toMatchObject({ format: "editor", warnings: [], bindings: [], slotChoices: [] });
  expect(found.slots.find(({ slot }) => slot === "prompt")).toMatchObject({
    title: "Words",
    value: "a door",
  });
  expect(placeOf(found.places, "steps")).toEqual([["7", "steps"]]);
  expect(placeOf(found.places, "width")).toEqual([["6", "width"]]);
  expect(placeOf(found.places, "lora")).toEqual([["1", "model"]]);
  const chosen = await app.client.model.inspect.mutate({
    workflow: editorFormat(),
    slotChoices: [{ slot: "seed", nodeId: null }],
  });
  expect(placeOf(chosen.slots, "seed")).toEqual([]);
});

test("a slot that is chosen wins over what is found; the pictures made before are others now", async () => {
  const { id: modelId } = await create();
  const { projectId, sentenceIds } = await app.project(1, { ...small, modelId });
  await paintOne(app, { projectId });
  const changes = {
    modelId,
    slotChoices: [
      { slot: "width" as const, nodeId: null },
      { slot: "height" as const, nodeId: null },
    ],
  };
  expect(await app.client.model.foresee.mutate(changes)).toMatchObject({ shots: 1 });
  const model = await app.client.model.update.mutate(changes);
  expect(placeOf(model.slots, "width")).toEqual([]);
  expect(await app.client.sentence.get.query({ sentenceId: sentenceIds[0]! })).toMatchObject({
    isImageDirty: true,
  });
  const { prompt } = await paintOne(app, { projectId });
  expect(inputsOf(prompt, "EmptySD3LatentImage")).toMatchObject({ width: 1024, height: 512 });

  const back = await app.client.model.update.mutate({ modelId, slotChoices: [] });
  expect(placeOf(back.slots, "width")).toEqual([["6", "width"]]);
});

test("a place that the workflow does not have is refused, and nothing is changed", async () => {
  const before = await create();
  for (const choice of [
    { slot: "prompt" as const, nodeId: "99", input: "text" },
    { slot: "prompt" as const, nodeId: "4", input: "nothing" },
    { slot: "lora" as const, nodeId: "4", input: "model" },
  ])
    expect(
      await refusalOf(app.client.model.update.mutate({ modelId: before.id, slotChoices: [choice] })),
    ).toMatchObject({ reason: "workflow_slots_outdated", field: "slotChoices" });
  expect(await app.client.model.get.query({ modelId: before.id })).toEqual(before);
});

test("in a workflow that is exported anew, choices are found again by id, class and title", async () => {
  const choice = { slot: "prompt" as const, nodeId: "4", input: "text" };
  const { id: modelId } = await create({ slotChoices: [choice] });
  const renumbered = editorFormat({ promptId: 12 });
  const seen = await app.client.model.inspect.mutate({ modelId, workflow: renumbered });
  expect(seen.bindings).toMatchObject([
    { slot: "prompt", status: "moved", before: { nodeId: "4" }, now: { nodeId: "12" } },
  ]);
  const model = await app.client.model.update.mutate({ modelId, workflow: renumbered });
  expect(model.slotChoices).toMatchObject([{ slot: "prompt", nodeId: "12", title: "Words" }]);
});

test("a choice that is ambiguous or lost is shown, and must be confirmed", async () => {
  const choice = { slot: "prompt" as const, nodeId: "4", input: "text" };
  const { id: modelId } = await create({ slotChoices: [choice] });
  const twice = editorFormat({ promptId: 12, isTwice: true });
  const seen = await app.client.model.inspect.mutate({ modelId, workflow: twice });
  expect(seen.bindings).toMatchObject([{ slot: "prompt", status: "ambiguous", now: null }]);
  expect(await refusalOf(app.client.model.update.mutate({ modelId, workflow: twice }))).toMatchObject({
    reason: "slots_unconfirmed",
    field: "slotChoices",
  });
  const model = await app.client.model.update.mutate({ modelId, workflow: twice, slotChoices: [] });
  expect(placeOf(model.slots, "prompt")).toEqual([["12", "text"]]);
});

test("a workflow that needs a class which only a real ComfyUI knows says so while there is only the demo", async () => {
  await using demo = await startTestApp({ env: { COMFYUI_URL: "" } });
  const unknown = editorFile([node(1, "Somebodys Sampler", { values: [1] })], []);
  expect(await refusalOf(demo.client.model.inspect.mutate({ workflow: unknown }))).toMatchObject({
    reason: "workflow_needs_server",
    field: "workflow",
    remedy: expect.stringContaining("Queue page") as string,
  });
});

test("workflows are picked from a server: those saved in its editor, and those that ran there", async () => {
  const posted = await fetch(`${app.comfy.url}/prompt`, {
    method: "POST",
    body: JSON.stringify({ prompt: textToImage, client_id: "another" }),
  });
  const { prompt_id: id } = (await posted.json()) as { prompt_id: string };
  await app.comfy.waitFor("finished", app.comfy.prompts.length);
  const { items } = await app.client.server.workflows.query({ url: app.comfy.url });
  expect(items.filter(({ kind }) => kind === "saved").map(({ name }) => name)).toEqual([
    "mine/Harbour",
    "broken",
  ]);
  expect(items.filter(({ kind }) => kind === "run").map((one) => one.id)).toEqual([id]);
  const get = (kind: "saved" | "run", which: string) =>
    app.client.server.workflow.query({ url: app.comfy.url, kind, id: which });
  expect((await get("saved", "mine/Harbour.json")).text).toBe(editorFormat());
  expect(JSON.parse((await get("run", id)).text)).toEqual(textToImage);
  expect(await refusalOf(get("saved", "gone.json"))).toMatchObject({
    code: "NOT_FOUND",
    reason: "file_gone",
  });
});
