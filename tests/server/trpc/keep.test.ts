import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { callRest, refusalOf } from "../../support/api";
import { NOBODY } from "./procedures";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const painted = async (count: number) => {
  const made = await app.project(count);
  await app.client.image.generate.mutate({ projectId: made.projectId });
  await app.settled(made.projectId);
  return made;
};
const sentence = (sentenceId: string) => app.client.sentence.get.query({ sentenceId });
const edit = (sentenceId: string, text: string) => app.client.sentence.update.mutate({ sentenceId, text });
const takeOf = async (sentenceId: string) =>
  (await app.client.take.list.query({ sentenceId })).items.find((one) => one.isSelected)!;

test("a corrected typo needs no new picture: its shot is clean, and the take tells what it was made from", async () => {
  const { projectId, sentenceIds } = await painted(1);
  const [id] = sentenceIds as [string];
  const before = await takeOf(id);
  expect(await edit(id, "Shot number one of the test.")).toMatchObject({ isImageDirty: true });
  const told = app.event(
    projectId,
    (event) => event.type === "sentence" && event.sentence.id === id && !event.sentence.isImageDirty,
  );
  expect(await app.client.image.keep.mutate({ projectId })).toEqual({ kept: 1, skipped: [] });
  await told;
  expect(await sentence(id)).toMatchObject({ isImageDirty: false, status: "completed" });
  expect(await takeOf(id)).toEqual({ ...before, isKept: true });
  const { queued, skipped } = await app.client.image.generate.mutate({ projectId });
  expect({ queued, skipped }).toEqual({ queued: 0, skipped: [{ sentenceId: id, reason: "hasPicture" }] });
});

test("a kept picture is changed by the next edit, and clean again where that leads back to what was kept or made", async () => {
  const { projectId, sentenceIds } = await painted(1);
  const [id] = sentenceIds as [string];
  await edit(id, "Kept words.");
  await app.client.image.keep.mutate({ projectId, sentenceIds: [id] });
  expect(await edit(id, "Other words.")).toMatchObject({ isImageDirty: true });
  expect(await edit(id, "Kept words.")).toMatchObject({ isImageDirty: false });
  expect(await edit(id, "Shot number 1 of the test.")).toMatchObject({ isImageDirty: false });
});

test("what was kept belongs to its take: another take of the shot is judged by itself", async () => {
  const { projectId, sentenceIds } = await painted(1);
  const [id] = sentenceIds as [string];
  const first = await takeOf(id);
  await app.client.image.generate.mutate({ projectId, force: true });
  await app.settled(projectId);
  const second = await takeOf(id);
  await edit(id, "Other words.");
  await app.client.image.keep.mutate({ projectId });
  await app.client.take.select.mutate({ takeId: first.id });
  expect(await sentence(id)).toMatchObject({ isImageDirty: true });
  await app.client.take.select.mutate({ takeId: second.id });
  expect(await sentence(id)).toMatchObject({ isImageDirty: false });
});

test("one, selected or all: named shots that cannot be kept are told with the reason", async () => {
  const { projectId, sentenceIds } = await painted(4);
  const [one, two, three, clean] = sentenceIds as [string, string, string, string];
  const section = (await app.client.project.get.query({ projectId })).sections[0]!;
  const { id: empty } = await app.client.sentence.create.mutate({ sectionId: section.id, text: "New." });
  for (const id of [one, two, three]) await edit(id, "Other words.");
  app.comfy.pause();
  await app.client.image.generate.mutate({ projectId, sentenceIds: [three] });
  const answer = await callRest(app, "POST", `/api/v1/projects/${projectId}/keep-pictures`, {
    sentenceIds: [one, three, clean, empty],
  });
  expect(answer).toMatchObject({
    status: 200,
    data: {
      kept: 1,
      skipped: [
        { sentenceId: three, reason: "generating" },
        { sentenceId: clean, reason: "clean" },
        { sentenceId: empty, reason: "noPicture" },
      ],
    },
  });
  expect(await app.client.image.keep.mutate({ projectId })).toEqual({ kept: 1, skipped: [] });
  app.comfy.release();
  await app.settled(projectId);
  for (const id of sentenceIds) expect(await sentence(id)).toMatchObject({ isImageDirty: false });
});

test("a shot that failed over its old picture is completed again by keeping it", async () => {
  const { projectId, sentenceIds } = await painted(1);
  const [id] = sentenceIds as [string];
  const before = await takeOf(id);
  app.comfy.addFault({ kind: "refuse_prompt" });
  await app.client.image.generate.mutate({ projectId, force: true });
  await app.settled(projectId);
  expect(await sentence(id)).toMatchObject({ status: "failed" });
  await app.client.image.keep.mutate({ projectId });
  expect(await sentence(id)).toMatchObject({ status: "completed", error: null, selectedTakeId: before.id });
});

test("a change of style is kept too, and the next change of that style counts again", async () => {
  const { projectId, sentenceIds } = await painted(2);
  const style = await app.client.style.create.mutate({
    name: "Of this test",
    styleType: "prompt",
    promptPrefix: "Chalk",
  });
  await app.client.project.update.mutate({ projectId, styleId: style.id });
  expect(await app.client.image.keep.mutate({ projectId })).toMatchObject({ kept: 2 });
  for (const id of sentenceIds) expect(await sentence(id)).toMatchObject({ isImageDirty: false });
  await app.client.style.update.mutate({ styleId: style.id, promptPrefix: "Ink" });
  for (const id of sentenceIds) expect(await sentence(id)).toMatchObject({ isImageDirty: true });
});

test("a foreign shot refuses the whole request, and nothing is kept", async () => {
  const mine = await painted(1);
  const theirs = await painted(1);
  await edit(mine.sentenceIds[0]!, "Other words.");
  for (const foreign of [theirs.sentenceIds[0]!, NOBODY])
    expect(
      await refusalOf(
        app.client.image.keep.mutate({
          projectId: mine.projectId,
          sentenceIds: [mine.sentenceIds[0]!, foreign],
        }),
      ),
    ).toMatchObject({ code: "NOT_FOUND", field: "sentenceIds" });
  expect(await sentence(mine.sentenceIds[0]!)).toMatchObject({ isImageDirty: true });
});
