import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const board = async (...sections: string[][]) => {
  const { id: projectId } = await app.client.project.create.mutate({
    name: "Order",
    sections: sections.map((texts, index) => ({
      title: `Part ${index + 1}`,
      sentences: texts.map((text) => ({ text })),
    })),
  });
  const { sections: made } = await app.client.project.get.query({ projectId });
  const ids = Object.fromEntries(made.flatMap((one) => one.sentences.map(({ text, id }) => [text, id])));
  return { projectId, sectionIds: made.map((one) => one.id), id: (text: string) => ids[text]! };
};
const texts = async (projectId: string) =>
  (await app.client.project.get.query({ projectId })).sections.map((one) =>
    one.sentences.map(({ text }) => text).join(" "),
  );

describe("sentences that move", () => {
  test("stand at the place that was asked for, counted without them", async () => {
    const { projectId, sectionIds, id } = await board(["a", "b", "c", "d"]);
    const [sectionId] = sectionIds as [string];
    const move = (text: string, position: number) => ({ sentenceId: id(text), sectionId, position });
    await app.client.sentence.move.mutate({ projectId, moves: [move("a", 2)] });
    expect(await texts(projectId)).toEqual(["b c a d"]);
    await app.client.sentence.move.mutate({ projectId, moves: [move("d", 0), move("b", 1)] });
    expect(await texts(projectId)).toEqual(["d b c a"]);
    await app.client.sentence.move.mutate({ projectId, moves: [move("d", 99)] });
    expect(await texts(projectId)).toEqual(["b c a d"]);
  });

  test("go to another section, and back to where they stood", async () => {
    const { projectId, sectionIds, id } = await board(["a", "b", "c"], ["x", "y"]);
    const [one, two] = sectionIds as [string, string];
    await app.client.sentence.move.mutate({
      projectId,
      moves: ["a", "c"].map((text, n) => ({ sentenceId: id(text), sectionId: two, position: 1 + n })),
    });
    expect(await texts(projectId)).toEqual(["b", "x a c y"]);
    await app.client.sentence.move.mutate({
      projectId,
      moves: [
        { sentenceId: id("a"), sectionId: one, position: 0 },
        { sentenceId: id("c"), sectionId: one, position: 2 },
      ],
    });
    expect(await texts(projectId)).toEqual(["a b c", "x y"]);
  });

  test("leave what is on the shelf behind the sentence it stood behind", async () => {
    const { projectId, sectionIds, id } = await board(["a", "b", "c"]);
    await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [id("b")] });
    await app.client.sentence.move.mutate({
      projectId,
      moves: [{ sentenceId: id("c"), sectionId: sectionIds[0]!, position: 0 }],
    });
    await app.client.sentence.restore.mutate({ projectId, sentenceIds: [id("b")] });
    expect(await texts(projectId)).toEqual(["c a b"]);
  });

  test("of another project, or into its section, are refused and nothing moves", async () => {
    const mine = await board(["a", "b"]);
    const other = await board(["x"]);
    const { projectId } = mine;
    const refused = [
      [{ sentenceId: other.id("x"), sectionId: mine.sectionIds[0]!, position: 0 }, "moves.1.sentenceId"],
      [{ sentenceId: mine.id("b"), sectionId: other.sectionIds[0]!, position: 0 }, "moves.1.sectionId"],
    ] as const;
    for (const [move, field] of refused) {
      const moves = [{ sentenceId: mine.id("a"), sectionId: mine.sectionIds[0]!, position: 1 }, move];
      expect(await refusalOf(app.client.sentence.move.mutate({ projectId, moves }))).toMatchObject({
        code: "NOT_FOUND",
        field,
      });
    }
    expect(await texts(projectId)).toEqual(["a b"]);
  });
});

describe("the shelf", () => {
  test("takes sentences off the board with their pictures, and gives them back where they stood", async () => {
    const { projectId, id } = await board(["a", "b", "c"]);
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const before = await app.client.project.get.query({ projectId });
    const sentenceIds = [id("a"), id("b")];
    expect(await app.client.sentence.shelve.mutate({ projectId, sentenceIds })).toEqual({ shelved: 2 });
    expect(await app.client.sentence.shelve.mutate({ projectId, sentenceIds })).toEqual({ shelved: 0 });
    expect(await texts(projectId)).toEqual(["c"]);
    const { items } = await app.client.project.list.query();
    expect(items.find((one) => one.id === projectId)).toMatchObject({ sentenceCount: 1, pictureCount: 1 });
    expect(
      (await app.client.sentence.shelf.query({ projectId })).items.map((one) => one.text).toSorted(),
    ).toEqual(["a", "b"]);
    expect(await app.client.sentence.restore.mutate({ projectId, sentenceIds })).toEqual({ restored: 2 });
    const after = await app.client.project.get.query({ projectId });
    expect({ ...after, updatedAt: "" }).toEqual({ ...before, updatedAt: "" });
  });

  test("is left out by every run: by name they are refused, by project not seen, failed ones not tried again", async () => {
    const { projectId, id } = await board(["a", "b"]);
    app.comfy.addFault({ kind: "execution_error", times: 3 });
    await app.client.image.generate.mutate({ projectId, sentenceIds: [id("a")] });
    await app.settled(projectId);
    expect(await app.client.sentence.get.query({ sentenceId: id("a") })).toMatchObject({ status: "failed" });
    await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [id("a")] });
    expect(await app.client.image.retryFailed.mutate({ projectId })).toMatchObject({ queued: 0 });
    expect(await app.client.image.generate.mutate({ projectId, dryRun: true })).toMatchObject({ queued: 1 });
    const named = app.client.image.generate.mutate({ projectId, sentenceIds: [id("a")] });
    expect(await refusalOf(named)).toMatchObject({ reason: "sentence_not_found", field: "sentenceIds.0" });
  });

  test("cancels what was in line for a sentence", async () => {
    const { projectId, id } = await board(["a", "b"]);
    app.comfy.pause();
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [id("b")] });
    expect(await app.client.job.get.query({ jobId: jobIds[1]! })).toMatchObject({ status: "cancelled" });
    app.comfy.release();
    await app.settled(projectId);
  });

  test("takes the sentences of a section that ends, but not of the only one", async () => {
    const { projectId, sectionIds, id } = await board(["a"], ["b", "c"]);
    await app.client.section.delete.mutate({ sectionId: sectionIds[1]!, shelve: true });
    expect(await texts(projectId)).toEqual(["a"]);
    const only = app.client.section.delete.mutate({ sectionId: sectionIds[0]!, shelve: true });
    expect(await refusalOf(only)).toMatchObject({ code: "CONFLICT", reason: "last_section" });
    await app.client.sentence.restore.mutate({ projectId, sentenceIds: [id("c")] });
    expect(await texts(projectId)).toEqual(["a c"]);
  });
});

describe("a sentence", () => {
  test("is divided: the first part keeps picture and takes and turns changed, the second is new behind it", async () => {
    const { projectId, id } = await board(["He left. She stayed.", "Rain."]);
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const sentenceId = id("He left. She stayed.");
    const before = await app.client.sentence.get.query({ sentenceId });
    const { sentences } = await app.client.sentence.split.mutate({
      sentenceId,
      at: 8,
      version: before.version,
    });
    expect(sentences).toMatchObject([
      { id: sentenceId, text: "He left.", selectedTakeId: before.selectedTakeId, isImageDirty: true },
      { text: "She stayed.", imageUrl: null, position: before.position + 1 },
    ]);
    expect(await texts(projectId)).toEqual(["He left. She stayed. Rain."]);
  });

  test.each([0, 1, 3, 10])("is not divided at %i, where a part would be empty", async (at) => {
    const { projectId, id } = await board([" a "]);
    expect(await refusalOf(app.client.sentence.split.mutate({ sentenceId: id("a"), at }))).toMatchObject({
      reason: "nothing_to_split",
      field: "at",
    });
    expect(await texts(projectId)).toEqual(["a"]);
  });

  test("is not divided through the middle of a character", async () => {
    const { projectId, id } = await board(["ab 🚢🌊 cd"]);
    await app.client.sentence.split.mutate({ sentenceId: id("ab 🚢🌊 cd"), at: 6 });
    expect(await texts(projectId)).toEqual(["ab 🚢 🌊 cd"]);
  });

  test("is joined with its neighbours: it has all the words, they go to the shelf", async () => {
    const { projectId, id } = await board(["He left.", "She stayed.", "Rain.", "Sun."]);
    const sentenceIds = [id("Rain."), id("He left."), id("She stayed.")];
    const { sentence, shelved } = await app.client.sentence.merge.mutate({ projectId, sentenceIds });
    expect(sentence).toMatchObject({ id: id("He left."), text: "He left. She stayed. Rain." });
    expect(shelved).toEqual([id("She stayed."), id("Rain.")]);
    expect(await texts(projectId)).toEqual(["He left. She stayed. Rain. Sun."]);
  });

  test("is joined with neighbours only", async () => {
    const { projectId, id } = await board(["a", "b", "c"], ["x"]);
    for (const some of [
      ["a", "c"],
      ["c", "x"],
    ])
      expect(
        await refusalOf(app.client.sentence.merge.mutate({ projectId, sentenceIds: some.map(id) })),
      ).toMatchObject({ reason: "not_neighbours" });
    expect(await texts(projectId)).toEqual(["a b c", "x"]);
  });

  test("that was changed in another window is neither divided nor joined", async () => {
    const { projectId, id } = await board(["a b", "c"]);
    const sentenceId = id("a b");
    await app.client.sentence.update.mutate({ sentenceId, text: "a b c" });
    expect(
      await refusalOf(app.client.sentence.split.mutate({ sentenceId, at: 1, version: 1 })),
    ).toMatchObject({
      reason: "sentence_changed",
    });
    const merge = { projectId, sentenceIds: [sentenceId, id("c")], versions: { [sentenceId]: 1 } };
    expect(await refusalOf(app.client.sentence.merge.mutate(merge))).toMatchObject({
      reason: "sentence_changed",
    });
    expect(await texts(projectId)).toEqual(["a b c c"]);
  });

  test("is flagged, and says so", async () => {
    const { id } = await board(["a"]);
    expect(await app.client.sentence.update.mutate({ sentenceId: id("a"), isFlagged: true })).toMatchObject({
      isFlagged: true,
      isImageDirty: true,
    });
  });
});
