import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { addCharacter } from "./add-character";
import { jobBecomes, paint, paintOne, refusal, sentence } from "./board";
import { small } from "./patience";
import { inputsOf, nodesOf, type Received } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** The pictures that a graph loads, as they were uploaded. */
function loadedBytes(prompt: Received): Buffer[] {
  return nodesOf(prompt, "LoadImage").map(({ inputs }) => {
    const upload = app.comfy.uploads.find(({ subfolder, name }) => `${subfolder}/${name}` === inputs.image);
    if (!upload) throw new Error(`${String(inputs.image)} was never uploaded.`);
    return upload.bytes;
  });
}

/** A project of one sentence with this text, and the people in its cast. */
async function projectAbout(
  text: string,
  ...cast: { id: string }[]
): Promise<{ projectId: string; sentenceId: string }> {
  const { id: projectId } = await app.client.project.create.mutate({
    name: "Cast",
    ...small,
    sections: [{ title: "One", sentences: [{ text }] }],
  });
  for (const { id } of cast) await app.client.cast.add.mutate({ projectId, characterId: id });
  const project = await app.client.project.get.query({ projectId });
  return { projectId, sentenceId: project.sections[0]!.sentences[0]!.id };
}

test("a character of the cast that stands in the text is the reference, and the default graph is image-to-image", async () => {
  const mira = await addCharacter(app, "Mira Voss", { color: "#b04020" });
  const other = await addCharacter(app, "Olaf", { color: "#20b040" });
  const { projectId, sentenceId } = await projectAbout(
    "At dawn MIRA VOSS rows out, and nobody calls Olafs boat.",
    mira,
    other,
  );
  const { prompt, job } = await paintOne(app, { projectId, steps: 1 });
  expect(inputsOf(prompt, "UNETLoader").unet_name).toBe("flux-2-klein-base-4b-fp8.safetensors");
  expect(loadedBytes(prompt)).toEqual([mira.bytes]);
  expect(inputsOf(prompt, "LoadImage").image).toBe(`shotboard/${mira.id}-${mira.imageId}.png`);
  expect(job).toMatchObject({ status: "completed", notes: [] });
  const { items } = await app.client.take.list.query({ sentenceId });
  expect(items[0]!.references).toEqual([{ characterId: mira.id, imageId: mira.imageId }]);
});

test("two references are chained, each on the positive and on the negative conditioning", async () => {
  const first = await addCharacter(app, "Ada", { color: "#404080" });
  const second = await addCharacter(app, "Bo", { color: "#804040" });
  const { projectId } = await projectAbout("Bo waves to Ada.", first, second);
  const { prompt } = await paintOne(app, { projectId, modelId: "flux2-klein-4b", steps: 1 });
  // In the order of their names in the text.
  expect(loadedBytes(prompt)).toEqual([second.bytes, first.bytes]);
  const applies = new Map(nodesOf(prompt, "ReferenceLatent").map((node) => [node.id, node.inputs]));
  expect(applies.size).toBe(4);
  const guider = inputsOf(prompt, "CFGGuider");
  for (const side of ["positive", "negative"]) {
    const chain: unknown[] = [];
    for (
      let at = (guider[side] as [string])[0];
      applies.has(at);
      at = (applies.get(at)!.conditioning as [string])[0]
    )
      chain.push(applies.get(at)!.latent);
    expect(chain).toHaveLength(2);
    expect(new Set(chain.map(String)).size).toBe(2);
  }
});

test("the sentence's own characters go before those in its text, and none is a choice too", async () => {
  const named = await addCharacter(app, "Cleo", { color: "#808000" });
  const chosen = await addCharacter(app, "Dan", { color: "#008080" });
  const { projectId, sentenceId } = await projectAbout("Cleo stands alone.", named);
  await app.client.sentence.update.mutate({ sentenceId, characterIds: [chosen.id] });
  expect(loadedBytes((await paintOne(app, { projectId, steps: 1 })).prompt)).toEqual([chosen.bytes]);
  await app.client.sentence.update.mutate({ sentenceId, characterIds: [] });
  expect(nodesOf((await paintOne(app, { projectId, steps: 1 })).prompt, "LoadImage")).toEqual([]);
  await app.client.sentence.update.mutate({ sentenceId, characterIds: null });
  expect(loadedBytes((await paintOne(app, { projectId, steps: 1 })).prompt)).toEqual([named.bytes]);
});

test("the request's characterRefs go before the sentence's, and an unknown one refuses the whole request", async () => {
  const named = await addCharacter(app, "Eva", { color: "#602060" });
  const asked = await addCharacter(app, "Finn", { color: "#206020" });
  const { projectId, sentenceId } = await projectAbout("Eva sings.", named);
  const { prompt } = await paintOne(app, { projectId, characterRefs: [asked.id], steps: 1 });
  expect(loadedBytes(prompt)).toEqual([asked.bytes]);
  // The job's own overrides count: the picture is what was asked for.
  expect(await sentence(app, sentenceId)).toMatchObject({ isImageDirty: false });
  const unknown = app.client.image.generate.mutate({
    projectId,
    force: true,
    characterRefs: [asked.id, "nobody"],
  });
  expect(await refusal(unknown)).toMatchObject({
    httpStatus: 404,
    reason: "character_not_found",
    field: "characterRefs.1",
  });
});

test("useImageToImage false takes the text-to-image default and no reference", async () => {
  const gus = await addCharacter(app, "Gus", { color: "#305070" });
  const { projectId } = await projectAbout("Gus sleeps.", gus);
  const { prompt, job } = await paintOne(app, { projectId, useImageToImage: false });
  expect(inputsOf(prompt, "UNETLoader").unet_name).toBe("z_image_turbo_bf16.safetensors");
  expect(nodesOf(prompt, "LoadImage")).toEqual([]);
  expect(job).toMatchObject({ status: "completed", notes: [] });
});

test("a text-to-image model notes that references were left out", async () => {
  const hedda = await addCharacter(app, "Hedda", { color: "#507030" });
  const { projectId } = await projectAbout("Hedda reads.", hedda);
  const { prompt, job } = await paintOne(app, { projectId, modelId: "z-image-turbo" });
  expect(nodesOf(prompt, "LoadImage")).toEqual([]);
  expect(job).toMatchObject({
    status: "completed",
    notes: ["Z-Image-Turbo takes no reference pictures: those of characters are left out."],
  });
});

test("a character without a picture is left out with a note", async () => {
  const { id } = await app.client.character.create.mutate({ name: "Ivo" });
  const { projectId } = await projectAbout("Ivo hides.", { id });
  const { job } = await paintOne(app, { projectId, modelId: "flux2-klein-4b", steps: 1 });
  expect(job).toMatchObject({
    status: "completed",
    notes: ["Ivo has no reference picture and is left out."],
  });
});

test("requiresCharacterRef and no usable reference: the job fails with that reason, and the others go on", async () => {
  const jo = await addCharacter(app, "Jo", { color: "#907050" });
  const style = await app.client.style.create.mutate({
    name: "Portrait",
    styleType: "prompt",
    promptPrefix: "portrait",
    requiresCharacterRef: true,
  });
  const sentences = [{ text: "Jo smiles." }, { text: "An empty pier." }];
  const { id: projectId } = await app.client.project.create.mutate({
    name: "Portraits",
    ...small,
    styleId: style.id,
    sections: [{ title: "One", sentences }],
  });
  await app.client.cast.add.mutate({ projectId, characterId: jo.id });
  const answer = await app.client.image.generate.mutate({ projectId, steps: 1 });
  const [, empty] = (await app.client.project.get.query({ projectId })).sections[0]!.sentences;
  expect(answer).toMatchObject({
    queued: 2,
    problems: [{ code: "style_needs_reference", sentenceIds: [empty!.id] }],
  });
  await jobBecomes(app, answer.jobIds[0]!, "completed");
  const failed = await jobBecomes(app, answer.jobIds[1]!, "failed");
  expect(failed.error).toMatchObject({
    code: "style_needs_reference",
    message: expect.stringContaining('"Portrait" needs a character') as string,
  });
  expect(await sentence(app, empty!.id)).toMatchObject({
    status: "failed",
    error: { code: "style_needs_reference" },
    imageFile: null,
  });
  // Alone it would fail for sure: nothing is queued.
  const alone = await app.client.image.generate.mutate({ projectId, sentenceIds: [empty!.id] });
  expect(alone).toMatchObject({
    queued: 0,
    batchId: null,
    problems: [{ code: "style_needs_reference", field: "characterIds" }],
  });
});

test("a reference is uploaded once for many shots", async () => {
  const kim = await addCharacter(app, "Kim", { color: "#112233" });
  const { projectId } = await app.project(3, small);
  await app.client.cast.add.mutate({ projectId, characterId: kim.id });
  await paint(app, { projectId, characterRefs: [kim.id], steps: 1 });
  expect(app.comfy.uploads.filter(({ bytes }) => bytes.equals(kim.bytes))).toHaveLength(1);
});
