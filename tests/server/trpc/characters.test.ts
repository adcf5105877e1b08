import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Character } from "@/lib/schemas/character";
import { startTestApp, type TestApp } from "../../support/test-app";
import { refusalOf } from "../../support/api";
import { NOBODY } from "./procedures";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** A character with that many pictures. */
async function make(name: string, pictures = 0): Promise<Character> {
  let character = await app.client.character.create.mutate({ name });
  for (let index = 0; index < pictures; index += 1) {
    const bytes = await sharp({
      create: { width: 16, height: 16, channels: 3, background: { r: index * 40, g: 80, b: 120 } },
    })
      .png()
      .toBuffer();
    const answer = await fetch(`${app.url}/api/v1/characters/${character.id}/images`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(bytes),
    });
    character = ((await answer.json()) as { data: Character }).data;
  }
  return character;
}
const ids = (character: Character) => character.images.map((one) => one.id);

test("pictures are put into another order, and the main one stays the main one and first", async () => {
  const mira = await make("Mira", 3);
  const [a, b, c] = ids(mira) as [string, string, string];
  const characterId = mira.id;
  const reorder = (imageIds: string[]) =>
    app.client.character.reorderImages.mutate({ characterId, imageIds });
  expect(ids(await reorder([c, b, a]))).toEqual([a, c, b]);
  await app.client.character.update.mutate({ characterId, mainImageId: b });
  expect(ids(await app.client.character.get.query({ characterId }))).toEqual([b, c, a]);
  // The next in order takes over.
  expect(ids(await app.client.character.deleteImage.mutate({ characterId, imageId: b }))).toEqual([c, a]);
  for (const order of [[c], [c, a, a], [c, NOBODY], [c, a, b]])
    expect(await refusalOf(reorder(order))).toMatchObject({
      reason: "order_not_whole",
      field: "imageIds",
      message: expect.stringContaining("all 2 pictures") as string,
    });
});

test("a picture that is added after one was deleted comes last", async () => {
  const one = await make("Tor", 3);
  const [a, b, c] = ids(one) as [string, string, string];
  await app.client.character.deleteImage.mutate({ characterId: one.id, imageId: a });
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#fff" } })
    .jpeg()
    .toBuffer();
  const answer = await fetch(`${app.url}/api/v1/characters/${one.id}/images`, {
    method: "POST",
    headers: { "content-type": "image/jpeg" },
    body: new Uint8Array(bytes),
  });
  const { data } = (await answer.json()) as { data: Character };
  expect(ids(data).slice(0, 2)).toEqual([b, c]);
  expect(data.images.map((image) => image.isMain)).toEqual([true, false, false]);
});

test("where a character is used is told: casts by project, and shots it was chosen for", async () => {
  const ferry = await make("The ferry");
  const { projectId, sentenceIds } = await app.project(3);
  await app.client.cast.add.mutate({ projectId, characterId: ferry.id });
  for (const sentenceId of sentenceIds.slice(0, 2))
    await app.client.sentence.update.mutate({ sentenceId, characterIds: [ferry.id] });
  expect(await app.client.character.usage.query({ characterId: ferry.id })).toEqual({
    projects: [{ id: projectId, name: "Test" }],
    shots: 2,
  });
});

test("a cast is put into another order", async () => {
  const { projectId } = await app.project(1);
  const members = await Promise.all(["Anna", "Bjørn", "Cora"].map((name) => make(name)));
  for (const { id: characterId } of members) await app.client.cast.add.mutate({ projectId, characterId });
  const [anna, bjorn, cora] = members.map((one) => one.id) as [string, string, string];
  const characterIds = [cora, anna, bjorn];
  const { items } = await app.client.cast.reorder.mutate({ projectId, characterIds });
  expect(items.map((one) => one.id)).toEqual(characterIds);
  expect(
    await refusalOf(app.client.cast.reorder.mutate({ projectId, characterIds: [cora, anna] })),
  ).toMatchObject({ reason: "order_not_whole", field: "characterIds" });
  // Who comes after somebody left comes last.
  await app.client.cast.remove.mutate({ projectId, characterId: cora });
  const later = await make("Dag");
  const after = await app.client.cast.add.mutate({ projectId, characterId: later.id });
  expect(after.items.map((one) => one.name)).toEqual(["Anna", "Bjørn", "Dag"]);
});

test("two of one name may exist, but not in one cast, where both would be found in the text", async () => {
  const first = await make("Eva Lind");
  const second = await make(" eva lind ");
  const third = await make("Frida");
  const { projectId } = await app.project(1);
  await app.client.cast.add.mutate({ projectId, characterId: first.id });
  expect(await refusalOf(app.client.cast.add.mutate({ projectId, characterId: second.id }))).toMatchObject({
    code: "CONFLICT",
    reason: "name_taken",
    field: "characterId",
  });
  await app.client.cast.add.mutate({ projectId, characterId: third.id });
  expect(
    await refusalOf(app.client.character.update.mutate({ characterId: third.id, name: "EVA LIND" })),
  ).toMatchObject({ reason: "name_taken", field: "name" });
  expect(await app.client.character.get.query({ characterId: third.id })).toMatchObject({ name: "Frida" });
  await app.client.character.update.mutate({ characterId: first.id, name: "Eva Lindqvist" });
  await app.client.cast.add.mutate({ projectId, characterId: second.id });
});

test("what a running job paints with is not deleted, and nothing is half-done", async () => {
  const mira = await make("Marit", 2);
  const characterId = mira.id;
  const [main, other] = ids(mira) as [string, string];
  const { projectId } = await app.project(1, {
    sections: [{ title: "One", sentences: [{ text: "Marit rows out." }] }],
  });
  await app.client.cast.add.mutate({ projectId, characterId });
  app.comfy.pause();
  await app.client.image.generate.mutate({ projectId });
  await app.comfy.waitFor("started", app.comfy.prompts.length + 1);
  const refused = { code: "CONFLICT", reason: "in_use", remedy: expect.any(String) as string };
  expect(await refusalOf(app.client.character.delete.mutate({ characterId }))).toMatchObject({
    ...refused,
    field: "characterId",
  });
  expect(
    await refusalOf(app.client.character.deleteImage.mutate({ characterId, imageId: main })),
  ).toMatchObject({ ...refused, field: "imageId" });
  expect(await app.client.character.get.query({ characterId })).toEqual(mira);
  expect(existsSync(join(app.dataDir, "characters", characterId, `${main}.png`))).toBe(true);
  // One that it does not paint with may go.
  await app.client.character.deleteImage.mutate({ characterId, imageId: other });
  app.comfy.release();
  await app.settled(projectId);
  await app.client.character.delete.mutate({ characterId });
  expect(existsSync(join(app.dataDir, "characters", characterId))).toBe(false);
});
