import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, jobBecomes, refusal, sentence } from "./board";
import { patience, small } from "./patience";
import { inputsOf, promptsOf, running, textOf } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  for (const [id, promptPrefix] of [
    ["ink", "ink wash"],
    ["oil", "oil painting"],
  ] as const)
    await app.client.style.create.mutate({ id, name: id, styleType: "prompt", promptPrefix });
});
afterAll(() => app[Symbol.asyncDispose]());

const STYLES = ["ink", "oil"];
const turbo = { ...small, modelId: "z-image-turbo" };

/** Asks for proofs and waits until all have ended. */
async function prove(projectId: string, sentenceIds: string[], styleIds = STYLES) {
  const answer = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds });
  await ended(answer.jobIds);
  return answer;
}
const ended = (jobIds: string[]) =>
  vi.waitUntil(async () => {
    const jobs = await Promise.all(jobIds.map((id) => job(app, id)));
    return jobs.every((one) => one.endedAt !== null);
  }, patience);

async function painted(count: number) {
  const made = await app.project(count, turbo);
  await app.client.image.generate.mutate({ projectId: made.projectId });
  await app.settled(made.projectId);
  return made;
}
const cellsOf = async (projectId: string) => (await app.client.proof.list.query({ projectId })).items;
const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;

test("a proof becomes a take that nobody selected: what its sentence shows and is stays as it was", async () => {
  const { projectId, sentenceIds } = await painted(2);
  const [edited, clean] = sentenceIds as [string, string];
  await app.client.sentence.update.mutate({ sentenceId: edited, text: "Other words." });
  const before = await Promise.all(sentenceIds.map((id) => sentence(app, id)));
  const answer = await prove(projectId, sentenceIds);
  expect(answer).toMatchObject({ queued: 4, skipped: [], problems: [] });
  expect(await Promise.all(sentenceIds.map((id) => sentence(app, id)))).toEqual(before);
  const items = await takesOf(clean);
  expect(items.map((one) => [one.styleId, one.isSelected])).toEqual([
    ["oil", false],
    ["ink", false],
    [null, true],
  ]);
  const [prompt] = promptsOf(app.comfy, answer.jobIds[0]!);
  expect(textOf(prompt!)).toBe("ink wash, Other words.");
  expect(await job(app, answer.jobIds[0]!)).toMatchObject({
    kind: "shot",
    isProof: true,
    status: "completed",
  });
});

test("all proofs of a sentence have its seed, so that they differ by their style alone", async () => {
  const { projectId, sentenceIds } = await painted(1);
  const { seed } = await sentence(app, sentenceIds[0]!);
  const { jobIds } = await prove(projectId, sentenceIds);
  const used = jobIds.map((id) => inputsOf(promptsOf(app.comfy, id)[0]!, "KSampler").seed);
  expect(used).toEqual([seed, seed]);
});

test("while proofs are painted the board shows nothing of it, and its own pictures are queued beside them", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const [sentenceId] = sentenceIds as [string];
  app.comfy.pause();
  const { jobIds } = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: STYLES });
  await running(app.comfy, jobIds[0]!);
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "pending", job: null });
  const again = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: ["ink", "noir"] });
  expect(again).toMatchObject({
    queued: 1,
    skipped: [{ sentenceId, styleId: "ink", reason: "alreadyQueued" }],
  });
  const shot = await app.client.image.generate.mutate({ projectId });
  expect(shot).toMatchObject({ queued: 1, skipped: [] });
  expect(await sentence(app, sentenceId)).toMatchObject({
    status: "generating",
    job: { id: shot.jobIds[0] },
  });
  // Of the shot itself: its proofs are not meant.
  expect(await app.client.image.cancel.mutate({ sentenceIds })).toEqual({ cancelled: 1, cancelling: 0 });
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "pending", job: null });
  app.comfy.release();
  await ended([...jobIds, ...again.jobIds]);
  expect(await sentence(app, sentenceId)).toMatchObject({
    status: "pending",
    imageUrl: null,
    isImageDirty: true,
  });
});

test("proofs can be cancelled, in line and while they are painted, and a failed one says why", async () => {
  const { projectId, sentenceIds } = await painted(1);
  app.comfy.pause();
  const { jobIds } = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: STYLES });
  await running(app.comfy, jobIds[0]!);
  const isFollowed = Promise.withResolvers<void>();
  const told = app.event(projectId, (event) => {
    if (event.type === "snapshot") isFollowed.resolve();
    return event.type === "job" && event.job.id === jobIds[1] && event.job.status === "cancelled";
  });
  await isFollowed.promise;
  expect(await app.client.image.cancel.mutate({ jobIds })).toEqual({ cancelled: 1, cancelling: 1 });
  await told;
  app.comfy.release();
  await jobBecomes(app, jobIds[0]!, "cancelled");
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "completed", error: null });
  expect(await cellsOf(projectId)).toMatchObject([{ take: null }, { take: null }]);
  app.comfy.addFault({ kind: "refuse_prompt" });
  const again = await prove(projectId, sentenceIds, ["ink"]);
  expect(await job(app, again.jobIds[0]!)).toMatchObject({
    status: "failed",
    error: { message: expect.any(String) as string },
  });
  expect(await sentence(app, sentenceIds[0]!)).toMatchObject({ status: "completed", error: null });
});

test("a sheet is there again when it is opened again: what was asked for, its pictures and what is in line", async () => {
  const { projectId, sentenceIds } = await painted(2);
  expect(await app.client.proof.list.query({ projectId })).toEqual({ sheet: null, items: [] });
  await prove(projectId, sentenceIds);
  const { sheet, items } = await app.client.proof.list.query({ projectId });
  expect(sheet).toEqual({ sentenceIds, styleIds: STYLES });
  expect(items).toHaveLength(4);
  for (const one of items)
    expect(one).toMatchObject({ job: { status: "completed" }, take: { isFitting: true, isSelected: false } });
  // What is there is not painted twice; what does not fit any more is.
  expect(await prove(projectId, sentenceIds)).toMatchObject({ queued: 0, batchId: null });
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[0]!, text: "Other words." });
  expect((await cellsOf(projectId)).filter((one) => !one.take?.isFitting)).toHaveLength(2);
  expect(await prove(projectId, sentenceIds)).toMatchObject({ queued: 2 });
  await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [sentenceIds[0]!] });
  expect((await app.client.proof.list.query({ projectId })).sheet?.sentenceIds).toEqual([sentenceIds[1]]);
});

describe("a picked style", () => {
  test("becomes the project's: proofs that fit are shown at once, the others turn dirty, as foreseen", async () => {
    const { projectId, sentenceIds } = await painted(4);
    const [proved, locked, own, other] = sentenceIds as [string, string, string, string];
    await app.client.sentence.update.mutate({ sentenceId: own, styleId: "none" });
    await app.client.image.keep.mutate({ projectId });
    await prove(projectId, [proved, locked, own]);
    await app.client.sentence.update.mutate({ sentenceId: locked, isLocked: true });
    const shown = await sentence(app, locked);
    const ask = { projectId, styleId: "oil" };
    expect(await app.client.proof.foresee.query(ask)).toEqual({
      shots: 2,
      projects: 1,
      locked: 1,
      proofs: 1,
      left: 1,
    });
    const used = await app.client.proof.use.mutate(ask);
    expect(used).toMatchObject({ shown: [{ sentenceId: proved }], changed: [], left: [locked] });
    expect(await sentence(app, proved)).toMatchObject({
      isImageDirty: false,
      selectedTakeId: used.shown[0]!.takeId,
      styleId: null,
    });
    expect(await sentence(app, locked)).toMatchObject({
      isImageDirty: true,
      selectedTakeId: shown.selectedTakeId,
    });
    expect(await sentence(app, own)).toMatchObject({ isImageDirty: false, styleId: "none" });
    expect(await sentence(app, other)).toMatchObject({ isImageDirty: true });
    expect(await app.client.image.generate.mutate({ projectId })).toMatchObject({ queued: 1 });
    await app.settled(projectId);
  });

  test("becomes some shots' own, but for locked ones, which keep what they have", async () => {
    const { projectId, sentenceIds } = await app.project(3, turbo);
    const [first, locked, other] = sentenceIds as [string, string, string];
    await prove(projectId, [first, locked], ["ink"]);
    await app.client.sentence.update.mutate({ sentenceId: locked, isLocked: true });
    const ask = { projectId, styleId: "ink", sentenceIds: [first, locked] };
    expect(await app.client.proof.foresee.query(ask)).toMatchObject({ shots: 0, proofs: 1, left: 1 });
    const used = await app.client.proof.use.mutate(ask);
    expect(used).toMatchObject({
      shown: [{ sentenceId: first, before: null }],
      changed: [{ sentenceId: first, before: null }],
      left: [locked],
    });
    // It had no picture: its proof is its first one.
    expect(await sentence(app, first)).toMatchObject({
      status: "completed",
      styleId: "ink",
      isImageDirty: false,
    });
    expect(await sentence(app, locked)).toMatchObject({ status: "pending", styleId: null, imageUrl: null });
    expect(await sentence(app, other)).toMatchObject({ styleId: null });
    const image = await fetch(`${app.url}/media/projects/${projectId}/images/${first}.png`);
    expect(image.status).toBe(200);
  });

  test("is for new pictures only where that is wanted: proofs are shown where there was none or a changed one", async () => {
    const { projectId, sentenceIds } = await painted(2);
    const [clean, dirty] = sentenceIds as [string, string];
    await app.client.sentence.update.mutate({ sentenceId: dirty, text: "Other words." });
    await prove(projectId, sentenceIds, ["ink"]);
    const before = await sentence(app, clean);
    const ask = { projectId, styleId: "ink", keepPictures: true };
    const foreseen = await app.client.proof.foresee.query(ask);
    expect(foreseen).toEqual({ shots: 0, projects: 0, locked: 0, proofs: 1, left: 0 });
    const ofShots = { ...ask, sentenceIds };
    expect(await app.client.proof.foresee.query(ofShots)).toMatchObject({ shots: 0, proofs: 1, left: 0 });
    const used = await app.client.proof.use.mutate(ask);
    expect(used.shown).toMatchObject([{ sentenceId: dirty }]);
    expect(await sentence(app, clean)).toMatchObject({
      isImageDirty: false,
      selectedTakeId: before.selectedTakeId,
    });
    expect(await sentence(app, dirty)).toMatchObject({ isImageDirty: false });
  });
});

test("what cannot be painted is told for its cells, and the others are; unknown names refuse the whole request", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const [sentenceId] = sentenceIds as [string];
  await app.client.style.create.mutate({
    id: "faces",
    name: "Faces",
    styleType: "prompt",
    requiresCharacterRef: true,
  });
  const answer = await prove(projectId, sentenceIds, ["ink", "faces"]);
  expect(answer).toMatchObject({
    queued: 1,
    problems: [{ code: "style_needs_reference", cells: [{ sentenceId, styleId: "faces" }] }],
  });
  const ask = { projectId, sentenceIds, styleIds: ["ink", "nothing"] };
  expect(await refusal(app.client.proof.make.mutate(ask))).toMatchObject({
    httpStatus: 404,
    field: "styleIds.1",
  });
  const foreign = { ...ask, sentenceIds: ["nobody"], styleIds: ["ink"] };
  expect(await refusal(app.client.proof.make.mutate(foreign))).toMatchObject({
    httpStatus: 404,
    field: "sentenceIds.0",
  });
});
