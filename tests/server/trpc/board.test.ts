import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Project } from "@/lib/schemas/project";
import type { SentenceUpdate } from "@/lib/schemas/sentence";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const ID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const get = (projectId: string) => app.client.project.get.query({ projectId });
const outline = (project: Project) =>
  project.sections.map((one) => [one.title, ...one.sentences.map((sentence) => sentence.text)]);

describe("script.import", () => {
  test("adds sections behind those that are there, in each format", async () => {
    const { projectId } = await app.project(1);
    const text = await app.client.script.import.mutate({ projectId, text: "Two *stars*.", format: "text" });
    expect(text).toEqual({ sectionIds: [ID], sentenceCount: 1 });
    await app.client.script.import.mutate({ projectId, text: "## Three\nTwo *stars*.", format: "markdown" });
    await app.client.script.import.mutate({
      projectId,
      text: "1\n00:00:01,000 --> 00:00:02,000\nSpoken.",
      format: "srt",
    });
    expect(outline(await get(projectId))).toEqual([
      ["One", "Shot number 1 of the test."],
      ["Script", "Two *stars*."],
      ["Three", "Two stars."],
      ["Script", "Spoken."],
    ]);
  });
});

describe("sections", () => {
  test("are made at a place, renamed, moved and deleted with their sentences", async () => {
    const { projectId } = await app.project(1);
    const last = await app.client.section.create.mutate({ projectId, title: "Last" });
    expect(last).toEqual({ id: ID, projectId, title: "Last", position: 1 });
    expect(await app.client.section.create.mutate({ projectId, title: "First", position: 0 })).toMatchObject({
      position: 0,
    });
    const moved = await app.client.section.update.mutate({ sectionId: last.id, title: "Moved", position: 1 });
    expect(moved).toMatchObject({ title: "Moved", position: 1 });
    expect((await get(projectId)).sections.map((one) => one.title)).toEqual(["First", "Moved", "One"]);
    expect(await app.client.section.delete.mutate({ sectionId: last.id })).toEqual({ id: last.id });
    expect((await get(projectId)).sections.map((one) => one.title)).toEqual(["First", "One"]);
  });
});

describe("sentences", () => {
  test("are made at a place and deleted", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    const sectionId = (await get(projectId)).sections[0]!.id;
    const made = await app.client.sentence.create.mutate({
      sectionId,
      text: " Between. ",
      imagePrompt: " ",
      position: 1,
    });
    expect(made).toMatchObject({
      text: "Between.",
      imagePrompt: null,
      position: 1,
      status: "pending",
      version: 1,
    });
    expect(await app.client.sentence.create.mutate({ sectionId, text: "End.", position: 99 })).toMatchObject({
      position: 3,
    });
    expect(await app.client.sentence.delete.mutate({ sentenceId: sentenceIds[0]! })).toEqual({
      id: sentenceIds[0],
    });
    expect(outline(await get(projectId))[0]).toEqual([
      "One",
      "Between.",
      "Shot number 2 of the test.",
      "End.",
    ]);
  });

  test("are changed field by field, and each change makes a new version", async () => {
    const { sentenceIds } = await app.project(1);
    const sentenceId = sentenceIds[0]!;
    const change = {
      text: "New.",
      imagePrompt: "new",
      seed: 5,
      isSeedLocked: true,
      isLocked: true,
      modelId: "flux2-klein-4b",
      styleId: "noir",
      characterIds: ["the-lighthouse", "mira-solberg"],
    };
    expect(await app.client.sentence.update.mutate({ sentenceId, ...change, version: 1 })).toMatchObject({
      ...change,
      version: 2,
    });
    const back = { imagePrompt: null, seed: null, modelId: null, styleId: null, characterIds: null };
    expect(await app.client.sentence.update.mutate({ sentenceId, ...back })).toMatchObject({
      text: "New.",
      ...back,
      version: 3,
    });
    expect(await app.client.sentence.update.mutate({ sentenceId, characterIds: [] })).toMatchObject({
      characterIds: [],
    });
    expect(await app.client.sentence.get.query({ sentenceId })).toMatchObject({
      characterIds: [],
      version: 4,
    });
  });

  test("that were changed elsewhere meanwhile are left alone", async () => {
    const { sentenceIds } = await app.project(1);
    const sentenceId = sentenceIds[0]!;
    const [first, second] = await Promise.allSettled([
      app.client.sentence.update.mutate({ sentenceId, text: "Mine.", version: 1 }),
      app.client.sentence.update.mutate({ sentenceId, text: "Mine too.", version: 1 }),
    ]);
    expect([first.status, second.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    const late = app.client.sentence.update.mutate({ sentenceId, text: "Late.", version: 1 });
    expect(await refusalOf(late)).toMatchObject({
      code: "CONFLICT",
      httpStatus: 409,
      reason: "sentence_changed",
      field: "version",
    });
    expect(await app.client.sentence.get.query({ sentenceId })).toMatchObject({ version: 2 });
  });

  test("are changed all or none by updateMany, and answered in the order asked", async () => {
    const { projectId, sentenceIds } = await app.project(3);
    const [one, two, three] = sentenceIds as [string, string, string];
    const bad = app.client.sentence.updateMany.mutate({
      projectId,
      sentences: [
        { sentenceId: one, text: "Changed." },
        { sentenceId: two, text: "Changed.", version: 9 },
        { sentenceId: three, modelId: "nope" },
      ],
    });
    expect(await refusalOf(bad)).toMatchObject({ field: "sentences.2.modelId" });
    expect(outline(await get(projectId))[0]?.slice(1)).toEqual(
      [1, 2, 3].map((n) => `Shot number ${n} of the test.`),
    );
    const good = await app.client.sentence.updateMany.mutate({
      projectId,
      sentences: [
        { sentenceId: three, text: "Third." },
        { sentenceId: one, imagePrompt: "first" },
      ],
    });
    expect(good.updated).toBe(2);
    expect(
      good.sentences.map((sentence) => [sentence.id, sentence.text, sentence.imagePrompt, sentence.version]),
    ).toEqual([
      [three, "Third.", null, 2],
      [one, "Shot number 1 of the test.", "first", 2],
    ]);
  });

  test("take any of their fields together by updateMany: null clears one, half a character becomes a mark", async () => {
    const { projectId, sentenceIds } = await app.project(3);
    const [one, two, three] = sentenceIds as [string, string, string];
    const update = (sentences: SentenceUpdate[]) =>
      app.client.sentence.updateMany.mutate({ projectId, sentences });
    await update([
      {
        sentenceId: one,
        text: "Cut \ud83d here.",
        imagePrompt: "a 'quoted' \"{prompt}\" \\",
        seed: 2 ** 53 - 1,
      },
      { sentenceId: two, text: "Two.", styleId: "noir", modelId: "z-image-turbo", characterIds: [] },
      { sentenceId: three, isLocked: true, isSeedLocked: true, seed: 0 },
    ]);
    await update([{ sentenceId: two, styleId: null, modelId: null, characterIds: null }]);
    const rows = (await get(projectId)).sections[0]!.sentences;
    expect(rows).toMatchObject([
      { text: "Cut \ufffd here.", imagePrompt: "a 'quoted' \"{prompt}\" \\", seed: 2 ** 53 - 1, version: 2 },
      { text: "Two.", styleId: null, modelId: null, characterIds: null, version: 3 },
      { isLocked: true, isSeedLocked: true, seed: 0, version: 2, text: "Shot number 3 of the test." },
    ]);
  });

  test("are changed 1,000 at once", { timeout: 120_000 }, async () => {
    const { projectId, sentenceIds } = await app.project(1_000);
    const sentences = sentenceIds.map((sentenceId, index) => ({ sentenceId, seed: index }));
    expect(await app.client.sentence.updateMany.mutate({ projectId, sentences })).toMatchObject({
      updated: 1_000,
    });
    const after = (await get(projectId)).sections[0]!.sentences;
    expect(after.map((one) => one.seed)).toEqual(sentences.map((one) => one.seed));
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});
