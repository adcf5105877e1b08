import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp, type TestApp } from "../../support/test-app";
import { halves, upload } from "../http/send-own-picture";

let app: TestApp;
let modelId: string;
let styleId: string;

beforeAll(async () => {
  app = await startTestApp();
  const { client } = app;
  modelId = (
    await client.model.create.mutate({ name: "Mine", workflowType: "text-to-image", defaultSteps: 1 })
  ).id;
  styleId = (await client.style.create.mutate({ name: "Ink", styleType: "prompt", promptPrefix: "ink wash" }))
    .id;
});
afterAll(() => app[Symbol.asyncDispose]());

/** Three shots: clean, clean and locked, dirty. */
async function board() {
  const made = await app.project(3, { modelId, styleId });
  const [clean, locked, dirty] = made.sentenceIds as [string, string, string];
  await app.client.image.generate.mutate({ projectId: made.projectId });
  await app.settled(made.projectId);
  await app.client.sentence.update.mutate({ sentenceId: locked, isLocked: true });
  await app.client.sentence.update.mutate({ sentenceId: dirty, text: "Dirty before." });
  return { ...made, clean, locked, dirty };
}

const isDirty = async (sentenceId: string) =>
  (await app.client.sentence.get.query({ sentenceId })).isImageDirty;

type Board = Awaited<ReturnType<typeof board>>;
const changes: Record<string, (made: Board, isUndo: boolean) => Promise<unknown>> = {
  "the project's style": ({ projectId }, isUndo) =>
    app.client.project.update.mutate({ projectId, styleId: isUndo ? styleId : "noir", keepPictures: true }),
  "the project's size": ({ projectId }, isUndo) =>
    app.client.project.update.mutate({ projectId, width: isUndo ? 1920 : 640, keepPictures: true }),
  "the style": (_, isUndo) =>
    app.client.style.update.mutate({
      styleId,
      promptPrefix: isUndo ? "ink wash" : "ink and pen",
      keepPictures: true,
    }),
  "the model": (_, isUndo) =>
    app.client.model.update.mutate({ modelId, renderWidth: isUndo ? null : 640, keepPictures: true }),
  "the shots' own style": ({ projectId, sentenceIds }, isUndo) =>
    app.client.sentence.updateMany.mutate({
      projectId,
      sentences: sentenceIds.map((sentenceId) => ({ sentenceId, styleId: isUndo ? null : "noir" })),
      keepPictures: true,
    }),
};

describe("for new pictures only", () => {
  test.each(Object.entries(changes))("a change of %s leaves clean pictures clean", async (_, change) => {
    const made = await board();
    await change(made, false);
    expect([await isDirty(made.clean), await isDirty(made.locked), await isDirty(made.dirty)]).toEqual([
      false,
      false,
      true,
    ]);
    // Back again the same way, and they match what they were made from.
    await change(made, true);
    expect([await isDirty(made.clean), await isDirty(made.dirty)]).toEqual([false, true]);
    await app.client.project.update.mutate({ projectId: made.projectId, height: 640 });
    expect(await isDirty(made.clean)).toBe(true);
  });
});

test("a later change makes them dirty as usual, and new pictures are made with the change", async () => {
  const { projectId, clean, dirty } = await board();
  await app.client.project.update.mutate({ projectId, styleId: "noir", keepPictures: true });
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const [shown] = (await app.client.take.list.query({ sentenceId: dirty })).items;
  expect(shown).toMatchObject({ isSelected: true, styleId: "noir" });
  expect((await app.client.take.list.query({ sentenceId: clean })).items).toMatchObject([
    { styleId, isKept: true },
  ]);
  await app.client.sentence.update.mutate({ sentenceId: clean, text: "Other words." });
  expect(await isDirty(clean)).toBe(true);
});

test("what another style would do to some shots is foreseen, and comes true", async () => {
  const { projectId, sentenceIds, clean, locked, dirty } = await board();
  const foresee = (ids: string[], own: { styleId?: string | null; modelId?: string | null }) =>
    app.client.sentence.foresee.query({ projectId, sentenceIds: ids, ...own });
  expect(await foresee(sentenceIds, { styleId: "noir" })).toEqual({ shots: 2, projects: 1, locked: 1 });
  expect(await foresee([clean], { modelId: "flux2-klein-4b" })).toEqual({ shots: 1, projects: 1, locked: 0 });
  expect(await foresee(sentenceIds, { styleId, modelId: null })).toEqual({
    shots: 0,
    projects: 0,
    locked: 0,
  });
  await app.client.sentence.updateMany.mutate({
    projectId,
    sentences: sentenceIds.map((sentenceId) => ({ sentenceId, styleId: "noir" })),
  });
  expect([await isDirty(clean), await isDirty(locked), await isDirty(dirty)]).toEqual([true, true, true]);
});

test("says nothing about a picture of one's own: that is kept anyway, and nobody kept it", async () => {
  const { projectId, sentenceIds } = await app.project(1, { modelId, styleId });
  const [id] = sentenceIds as [string];
  await upload(app, id, await halves());
  await app.client.project.update.mutate({ projectId, styleId: "noir", keepPictures: true });
  expect((await app.client.take.list.query({ sentenceId: id })).items).toMatchObject([{ isKept: false }]);
  expect(await isDirty(id)).toBe(false);
});

test("is no reason to keep the demo renderer's pictures once a ComfyUI is there; what the user kept stays", async () => {
  await using ends = new AsyncDisposableStack();
  const gpu = await startDemoComfyUI({ stepMs: 0, paint: false });
  ends.defer(() => gpu.close());
  await using demo = await startTestApp({ env: { COMFYUI_URL: "" } });
  const { client } = demo;
  const { projectId, sentenceIds } = await demo.project(3);
  const [clean, kept, own] = sentenceIds as [string, string, string];
  await client.image.generate.mutate({ projectId });
  await demo.settled(projectId);
  await client.sentence.update.mutate({ sentenceId: kept, text: "Other words." });
  await client.image.keep.mutate({ projectId, sentenceIds: [kept] });
  await upload(demo, own, await halves());
  const flags = async () => {
    const { sections } = await client.project.get.query({ projectId });
    return sections.flatMap((one) => one.sentences.map((shot) => shot.isImageDirty));
  };
  const styled = (to: string) =>
    client.project.update.mutate({ projectId, styleId: to, keepPictures: true }).then(flags);
  expect(await styled("noir")).toEqual([false, false, false]);
  expect(await styled("anime")).toEqual([false, false, false]);
  await client.server.connect.mutate({ url: gpu.url });
  expect(await flags()).toEqual([true, false, false]);
  // Nor does a later change bring it back, or choosing it.
  const [take] = (await client.take.list.query({ sentenceId: clean })).items;
  await client.take.select.mutate({ takeId: take!.id });
  expect(await flags()).toEqual([true, false, false]);
});
