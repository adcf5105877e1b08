import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

type ListInput = NonNullable<Parameters<TestApp["client"]["project"]["list"]["query"]>[0]>;

/** The whole list, read in pages. */
async function readAll(input: ListInput, limit: number): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<TestApp["client"]["project"]["list"]["query"]>> =
      await app.client.project.list.query({ ...input, limit, ...(cursor !== null && { cursor }) });
    names.push(...page.items.map((one) => one.name));
    cursor = page.nextCursor;
    if (cursor === null) return names;
  }
}
const make = (name: string) => app.client.project.create.mutate({ name });

test("projects are found by a part of their name, whatever its case, and nothing in it is a pattern", async () => {
  for (const name of ["The Ferry", "ferry tales", "100% wool", "under_score", "back\\slash"])
    await make(name);
  expect(await readAll({ search: "FERRY" }, 200)).toEqual(["ferry tales", "The Ferry"]);
  expect(await readAll({ search: "%" }, 200)).toEqual(["100% wool"]);
  expect(await readAll({ search: "_" }, 200)).toEqual(["under_score"]);
  expect(await readAll({ search: "\\" }, 200)).toEqual(["back\\slash"]);
  expect(await readAll({ search: "no such" }, 200)).toEqual([]);
});

test("projects are sorted by creation, by name, or by what was edited or painted last", async () => {
  const search = "sorted";
  const { id: first } = await make("b sorted");
  const { id: second } = await make("A sorted");
  await make("c sorted");
  expect(await readAll({ search }, 200)).toEqual(["c sorted", "A sorted", "b sorted"]);
  expect(await readAll({ search, sort: "name" }, 200)).toEqual(["A sorted", "b sorted", "c sorted"]);
  await app.client.script.import.mutate({ projectId: first, format: "text", text: "One sentence." });
  expect(await readAll({ search, sort: "changed" }, 200)).toEqual(["b sorted", "c sorted", "A sorted"]);
  await app.client.section.create.mutate({ projectId: second, title: "One" });
  expect((await readAll({ search, sort: "changed" }, 200))[0]).toBe("A sorted");
  await app.client.image.generate.mutate({ projectId: first });
  await app.settled(first);
  expect((await readAll({ search, sort: "changed" }, 200))[0]).toBe("b sorted");
});

test("pages of every order hold each project once, whatever the names are", async () => {
  const names = fc.sample(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), 25);
  const wanted = names.map((name) => `${name} paged`).filter((name) => name.trim() === name);
  for (const name of [...wanted, "same paged", "Same paged", "same paged"]) await make(name);
  for (const sort of ["newest", "changed", "name"] as const) {
    const whole = await readAll({ search: "paged", sort }, 200);
    expect(whole).toHaveLength(wanted.length + 3);
    expect(await readAll({ search: "paged", sort }, 3)).toEqual(whole);
  }
});

test("a copy has script, settings, cast and the shown pictures, and lives on when the original is deleted", async () => {
  const { id: characterId } = await app.client.character.create.mutate({ name: "Mira" });
  const { id: projectId } = await app.client.project.create.mutate({
    name: "Original",
    styleId: "noir",
    width: 640,
    height: 352,
    sections: [
      { title: "One", sentences: [{ text: "First.", imagePrompt: "A first picture" }, { text: "Second." }] },
      { title: "Two", sentences: [{ text: "Third.", characterIds: [characterId] }] },
    ],
  });
  await app.client.cast.add.mutate({ projectId, characterId });
  const original = await app.client.project.get.query({ projectId });
  const [first, second] = original.sections[0]!.sentences;
  await app.client.image.generate.mutate({ projectId, sentenceIds: [first!.id, second!.id] });
  await app.settled(projectId);
  await app.client.sentence.update.mutate({
    sentenceId: second!.id,
    text: "Second, edited.",
    isLocked: true,
  });

  const { id: copyId, sentenceCount } = await app.client.project.duplicate.mutate({ projectId });
  expect(sentenceCount).toBe(3);
  const before = await app.client.project.get.query({ projectId });
  await app.client.project.delete.mutate({ projectId });
  const copy = await app.client.project.get.query({ projectId: copyId });
  expect(copy).toMatchObject({ name: "Original copy", styleId: "noir", width: 640, height: 352 });
  expect((await app.client.cast.list.query({ projectId: copyId })).items).toMatchObject([{ name: "Mira" }]);
  const facts = (project: typeof copy) =>
    project.sections.map(({ title, sentences }) => ({
      title,
      sentences: sentences.map(
        ({ text, imagePrompt, status, isImageDirty, isLocked, seed, characterIds }) => ({
          text,
          imagePrompt,
          status,
          isImageDirty,
          isLocked,
          seed,
          characterIds,
        }),
      ),
    }));
  expect(facts(copy)).toEqual(facts(before));
  const shown = copy.sections[0]!.sentences;
  for (const sentence of shown) {
    const { items } = await app.client.take.list.query({ sentenceId: sentence.id });
    expect(items).toMatchObject([{ jobId: null, isSelected: true, renderer: "comfyui" }]);
    const bytes = await readFile(join(app.dataDir, sentence.imageFile!));
    const answer = await fetch(`${app.url}${sentence.imageUrl!}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  }
  // What was not painted is painted, and nothing of the first project is asked for again.
  const { queued, skipped } = await app.client.image.generate.mutate({ projectId: copyId });
  expect({ queued, skipped: skipped.map((one) => one.reason) }).toEqual({
    queued: 1,
    skipped: ["hasPicture", "locked"],
  });
  await app.settled(copyId);
});

test("a copy without pictures has none to show, and its name may be chosen", async () => {
  const { projectId } = await app.project(2);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const { id } = await app.client.project.duplicate.mutate({
    projectId,
    name: "Another look",
    withPictures: false,
  });
  const copy = await app.client.project.get.query({ projectId: id });
  expect(copy.name).toBe("Another look");
  for (const sentence of copy.sections[0]!.sentences)
    expect(sentence).toMatchObject({ status: "pending", isImageDirty: true, imageUrl: null });
});

test("a picture whose file is gone is not copied: its shot waits for a new one", async () => {
  const { projectId, sentenceIds } = await app.project(2);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const { items } = await app.client.take.list.query({ sentenceId: sentenceIds[1]! });
  await app.runtime.services.images.remove(items[0]!.file);
  const { id } = await app.client.project.duplicate.mutate({ projectId });
  const copy = await app.client.project.get.query({ projectId: id });
  expect(copy.sections[0]!.sentences).toMatchObject([
    { status: "completed", isImageDirty: false },
    { status: "pending", isImageDirty: true, imageUrl: null, selectedTakeId: null },
  ]);
});

test("what a change of model, style or size would make dirty is foreseen, and comes true", async () => {
  const { projectId, sentenceIds } = await app.project(4);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const [locked, edited, own] = sentenceIds as [string, string, string];
  await app.client.sentence.update.mutate({ sentenceId: locked, isLocked: true });
  await app.client.sentence.update.mutate({ sentenceId: edited, text: "Dirty already." });
  await app.client.sentence.update.mutate({ sentenceId: own, styleId: "noir" });
  await app.client.image.keep.mutate({ projectId, sentenceIds: [own] });
  for (const change of [{ styleId: "anime" }, { modelId: "z-image-turbo", width: 640 }, { styleId: null }]) {
    const before = await dirtyIds(projectId);
    const foreseen = await app.client.project.foresee.query({ projectId, ...change });
    expect(await dirtyIds(projectId)).toEqual(before);
    await app.client.project.update.mutate({ projectId, ...change });
    const fresh = (await dirtyIds(projectId)).filter((id) => !before.includes(id));
    expect(foreseen).toEqual({
      shots: fresh.length,
      projects: fresh.length > 0 ? 1 : 0,
      locked: fresh.includes(locked) ? 1 : 0,
    });
    if (change.styleId === "anime") expect(fresh).toEqual([locked, sentenceIds[3]]);
  }
});

async function dirtyIds(projectId: string): Promise<string[]> {
  const project = await app.client.project.get.query({ projectId });
  return project.sections.flatMap(({ sentences }) =>
    sentences.filter((one) => one.isImageDirty).map((one) => one.id),
  );
}
