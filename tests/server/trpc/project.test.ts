import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Project } from "@/lib/schemas/project";
import { callTrpc, refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const ID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const get = (projectId: string) => app.client.project.get.query({ projectId });
const outline = (project: Project) =>
  project.sections.map((one) => [one.title, ...one.sentences.map((sentence) => sentence.text)]);

describe("a project", () => {
  test("is made from a script, Markdown headings being sections, and answered as its id and number of sentences", async () => {
    const { status, data } = await callTrpc<{ id: string }>(app, "project.create", "mutation", {
      name: "  Ferry  ",
      script: "# Dawn\n\nThe **ferry** left. Nobody waved.\n\n# Noon\n\n- The island was a line.",
    });
    expect({ status, data }).toEqual({ status: 200, data: { id: ID, sentenceCount: 3 } });
    const project = await get(data!.id);
    expect(outline(project)).toEqual([
      ["Dawn", "The ferry left.", "Nobody waved."],
      ["Noon", "The island was a line."],
    ]);
  });

  test("is answered whole, with exactly the contract's fields", async () => {
    const { projectId } = await app.project(1, {
      name: "Fields",
      modelId: "flux2-klein-4b",
      styleId: "noir",
      width: 1280,
      height: 720,
    });
    const { data } = await callTrpc(app, "project.get", "query", { projectId });
    expect(data).toEqual({
      id: ID,
      name: "Fields",
      modelId: "flux2-klein-4b",
      styleId: "noir",
      width: 1280,
      height: 720,
      createdAt: TIME,
      updatedAt: TIME,
      sections: [
        {
          id: ID,
          projectId,
          title: "One",
          position: 0,
          sentences: [
            {
              id: ID,
              sectionId: ID,
              position: 0,
              text: "Shot number 1 of the test.",
              imagePrompt: null,
              modelId: null,
              styleId: null,
              seed: null,
              isSeedLocked: false,
              isLocked: false,
              status: "pending",
              isImageDirty: true,
              imageFile: null,
              imageUrl: null,
              selectedTakeId: null,
              shownTake: null,
              isFlagged: false,
              startMs: null,
              endMs: null,
              characterIds: null,
              job: null,
              openJobs: 0,
              failedJobs: 0,
              error: null,
              version: 1,
            },
          ],
        },
      ],
    });
  });

  test("may be empty, and asks for 1920×1088 then", async () => {
    const { id, sentenceCount } = await app.client.project.create.mutate({ name: "Empty" });
    expect(sentenceCount).toBe(0);
    expect(await get(id)).toMatchObject({
      width: 1920,
      height: 1088,
      modelId: null,
      styleId: null,
      sections: [],
    });
  });

  test("is made from sections with image prompts and characters", async () => {
    const sections = [
      {
        title: "One",
        sentences: [
          { text: "Mira rows.", imagePrompt: " a boat ", characterIds: ["mira-solberg", "mira-solberg"] },
          { text: "So.", imagePrompt: "  ", characterIds: [] },
          { text: "And so." },
        ],
      },
    ];
    const { id } = await app.client.project.create.mutate({ name: "Sections", sections });
    const [section] = (await get(id)).sections;
    expect(section?.sentences.map((one) => [one.imagePrompt, one.characterIds])).toEqual([
      ["a boat", ["mira-solberg"]],
      [null, []],
      [null, null],
    ]);
  });

  test("takes 10,000 sentences and any language", { timeout: 120_000 }, async () => {
    const odd = "Ünïcödé 渡轮 👩‍🚀 سالم \\ \" ' ; -- $1 {}";
    const { id, sentenceCount } = await app.client.project.create.mutate({
      name: odd,
      script: `${"So it is.\n\n".repeat(9_999)}${odd}`,
    });
    expect(sentenceCount).toBe(10_000);
    const project = await get(id);
    expect(project.name).toBe(odd);
    expect(project.sections[0]?.sentences.at(-1)?.text).toBe(odd);
    const [section] = project.sections;
    expect(
      await refusalOf(app.client.sentence.create.mutate({ sectionId: section!.id, text: "Too many." })),
    ).toMatchObject({ reason: "too_many_sentences", field: "sectionId" });
    const more = app.client.script.import.mutate({ projectId: id, text: "Too many.", format: "text" });
    expect(await refusalOf(more)).toMatchObject({ reason: "too_many_sentences", field: "text" });
    await app.client.project.delete.mutate({ projectId: id });
  });

  test("stands in the list as a card, the newest first", async () => {
    const { projectId } = await app.project(2, { name: "Newest" });
    const { items } = await app.client.project.list.query();
    expect(items[0]).toEqual({
      id: projectId,
      name: "Newest",
      modelId: null,
      styleId: null,
      width: 1920,
      height: 1088,
      createdAt: TIME,
      updatedAt: TIME,
      sentenceCount: 2,
      pictureCount: 0,
      dirtyCount: 0,
      generatingCount: 0,
      failedCount: 0,
      pictureUrls: [],
    });
  });

  test("is renamed, and given a model, a style and a size, or none", async () => {
    const { projectId } = await app.project(0);
    const change = { name: "Renamed", modelId: "z-image-turbo", styleId: "noir", width: 1024, height: 1024 };
    const changed = await app.client.project.update.mutate({ projectId, ...change });
    expect(changed).toMatchObject({ id: projectId, ...change });
    expect(changed).not.toHaveProperty("sections");
    expect(await app.client.project.update.mutate({ projectId, modelId: null, styleId: null })).toMatchObject(
      { modelId: null, styleId: null, width: 1024 },
    );
  });

  test("is deleted with all it has", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    expect(await app.client.project.delete.mutate({ projectId })).toEqual({ id: projectId });
    expect(await refusalOf(get(projectId))).toMatchObject({ code: "NOT_FOUND", field: "projectId" });
    expect(await refusalOf(app.client.sentence.get.query({ sentenceId: sentenceIds[0]! }))).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await readdir(join(app.dataDir, "projects"))).not.toContain(projectId);
    expect(await readdir(join(app.dataDir, "thumbnails", "projects"))).not.toContain(projectId);
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});
