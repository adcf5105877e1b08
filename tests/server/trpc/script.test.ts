import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const FERRY = "The old ferry left the harbour at dawn.";
const WAVE = "Nobody on the pier waved.";
const LIGHT = "The lighthouse keeper counted the waves below.";
const STORM = "By noon a storm came over the northern islands.";

const section = (title: string, ...texts: string[]) => ({
  title,
  sentences: texts.map((text) => ({ text })),
});
const paintedBoard = async (sections: ReturnType<typeof section>[]) => {
  const { id: projectId } = await app.client.project.create.mutate({ name: "Script", sections });
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  return projectId;
};
const read = (projectId: string) => app.client.project.get.query({ projectId });
const outline = async (projectId: string) =>
  (await read(projectId)).sections.map((one) => [one.title, ...one.sentences.map(({ text }) => text)]);
const sentencesOf = async (projectId: string) =>
  (await read(projectId)).sections.flatMap((one) => one.sentences);

describe("an edited script", () => {
  test("keeps the pictures of sentences that go on, marks edited ones changed, and shelves what is gone", async () => {
    const projectId = await paintedBoard([section("One", FERRY, WAVE, LIGHT), section("Two", STORM)]);
    const [ferry, wave, light, storm] = await sentencesOf(projectId);
    await app.client.sentence.update.mutate({
      sentenceId: storm!.id,
      isLocked: true,
      seed: 7,
      isSeedLocked: true,
    });
    const sections = [
      section("One", FERRY, "Nobody on the long pier waved.", "A new sentence stands here."),
      section("The end", STORM),
    ];
    const { state, ...told } = await app.client.script.compare.query({ projectId, sections });
    expect(told).toEqual({
      sentences: [
        { sentenceId: ferry!.id, isEdited: false, isMoved: false },
        { sentenceId: wave!.id, isEdited: true, isMoved: false },
        { sentenceId: null, isEdited: false, isMoved: false },
        { sentenceId: storm!.id, isEdited: false, isMoved: false },
      ],
      removed: [light!.id],
    });
    expect(await app.client.script.revise.mutate({ projectId, sections, state })).toEqual({
      kept: 2,
      edited: 1,
      moved: 0,
      added: 1,
      removed: 1,
    });

    const after = await read(projectId);
    expect(after.sections.map((one) => one.title)).toEqual(["One", "The end"]);
    expect(after.sections[1]!.id).toBe(storm!.sectionId);
    expect(after.sections.flatMap((one) => one.sentences)).toMatchObject([
      { id: ferry!.id, selectedTakeId: ferry!.selectedTakeId, isImageDirty: false, version: ferry!.version },
      { id: wave!.id, selectedTakeId: wave!.selectedTakeId, isImageDirty: true, version: wave!.version + 1 },
      { text: "A new sentence stands here.", imageUrl: null, status: "pending" },
      { id: storm!.id, isLocked: true, seed: 7, isSeedLocked: true, isImageDirty: false },
    ]);
    const shelf = await app.client.sentence.shelf.query({ projectId });
    expect(shelf.items).toMatchObject([
      { id: light!.id, text: LIGHT, imageUrl: light!.imageUrl, sectionTitle: "One" },
    ]);
    expect((await app.client.take.list.query({ sentenceId: light!.id })).items).toHaveLength(1);
  });

  test("that is the same script changes nothing", async () => {
    const projectId = await paintedBoard([section("One", FERRY, WAVE)]);
    const before = await read(projectId);
    const sections = [section("One", FERRY, WAVE)];
    expect(await app.client.script.revise.mutate({ projectId, sections })).toMatchObject({
      kept: 2,
      edited: 0,
      removed: 0,
    });
    expect({ ...(await read(projectId)), updatedAt: "" }).toEqual({ ...before, updatedAt: "" });
  });

  test("moves sentences from section to section, and ends sections that it lacks", async () => {
    const projectId = await paintedBoard([section("One", FERRY, WAVE), section("Two", LIGHT, STORM)]);
    const before = await sentencesOf(projectId);
    await app.client.script.revise.mutate({
      projectId,
      sections: [section("Two", LIGHT, STORM, FERRY, WAVE)],
    });
    expect(await outline(projectId)).toEqual([["Two", LIGHT, STORM, FERRY, WAVE]]);
    const after = await sentencesOf(projectId);
    expect(new Set(after.map((one) => one.selectedTakeId))).toEqual(
      new Set(before.map((one) => one.selectedTakeId)),
    );
    expect(after.some((one) => one.isImageDirty)).toBe(false);
  });

  test("keeps what was on the shelf when its section ends, so that it can be brought back", async () => {
    const projectId = await paintedBoard([section("One", FERRY), section("Two", LIGHT, STORM)]);
    const [, light] = await sentencesOf(projectId);
    await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [light!.id] });
    await app.client.script.revise.mutate({ projectId, sections: [section("One", FERRY, STORM)] });
    await app.client.sentence.restore.mutate({ projectId, sentenceIds: [light!.id] });
    expect((await sentencesOf(projectId)).map((one) => one.id)).toContain(light!.id);
  });

  test("cancels what is in line for sentences that it lacks", async () => {
    const { id: projectId } = await app.client.project.create.mutate({
      name: "Line",
      sections: [section("One", FERRY, WAVE)],
    });
    app.comfy.pause();
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await app.client.script.revise.mutate({ projectId, sections: [section("One", FERRY)] });
    expect(await app.client.job.get.query({ jobId: jobIds[1]! })).toMatchObject({ status: "cancelled" });
    app.comfy.release();
    await app.settled(projectId);
  });

  test("that was compared with another state of the board is a conflict, and changes nothing", async () => {
    const projectId = await paintedBoard([section("One", FERRY, WAVE)]);
    const sections = [section("One", FERRY)];
    const { state } = await app.client.script.compare.query({ projectId, sections });
    const [ferry] = await sentencesOf(projectId);
    await app.client.sentence.update.mutate({ sentenceId: ferry!.id, text: "Edited in another window." });
    expect(await refusalOf(app.client.script.revise.mutate({ projectId, sections, state }))).toMatchObject({
      code: "CONFLICT",
      reason: "board_changed",
      remedy: expect.stringContaining("Compare it again") as string,
    });
    expect(await outline(projectId)).toEqual([["One", "Edited in another window.", WAVE]]);
  });

  test("with the times of subtitles gives them to the sentences that go on", async () => {
    const projectId = await paintedBoard([section("One", FERRY)]);
    const sections = [{ title: "One", sentences: [{ text: FERRY, startMs: 1_000, endMs: 2_500 }] }];
    await app.client.script.revise.mutate({ projectId, sections });
    expect(await sentencesOf(projectId)).toMatchObject([
      { startMs: 1_000, endMs: 2_500, isImageDirty: false },
    ]);
    await app.client.script.revise.mutate({ projectId, sections: [section("One", FERRY)] });
    expect(await sentencesOf(projectId)).toMatchObject([{ startMs: 1_000, endMs: 2_500 }]);
  });
});

describe("a script that was read and corrected", () => {
  test("is added as it is, with times", async () => {
    const { projectId } = await app.project(0);
    const sections = [{ title: "One", sentences: [{ text: "He left. She stayed.", startMs: 5, endMs: 10 }] }];
    expect(await app.client.script.import.mutate({ projectId, sections })).toMatchObject({
      sentenceCount: 1,
    });
    expect(await sentencesOf(projectId)).toMatchObject([
      { text: "He left. She stayed.", startMs: 5, endMs: 10 },
    ]);
  });

  test("and a text at once are refused, and so is neither", async () => {
    const { projectId } = await app.project(0);
    const sections = [section("One", FERRY)];
    for (const more of [{ sections, text: FERRY, format: "text" as const }, {}, { text: FERRY }])
      expect(await refusalOf(app.client.script.import.mutate({ projectId, ...more }))).toMatchObject({
        code: "BAD_REQUEST",
        field: "text",
      });
  });
});
