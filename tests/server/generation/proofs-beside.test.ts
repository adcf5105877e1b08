import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generationJobs } from "@/server/db/schema";
import { startTestApp, type TestApp } from "../../support/test-app";
import { halves, upload } from "../http/send-own-picture";
import { jobBecomes, paint, sentence } from "./board";
import { small } from "./patience";
import { inputsOf, promptsOf, running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const turbo = { ...small, modelId: "z-image-turbo" };

/** A shot of which a proof is being painted, held there until it is released. */
async function proving() {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  app.comfy.pause();
  const { jobIds } = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: ["noir"] });
  const jobId = jobIds[0]!;
  await running(app.comfy, jobId);
  const release = async () => {
    app.comfy.release();
    await jobBecomes(app, jobId, "completed");
  };
  return { projectId, sentenceId: sentenceIds[0]!, jobId, release };
}
const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;
/** Asks for a proof in a style and waits for it; answers its job. */
async function prove(projectId: string, sentenceId: string, styleId: string, force = false) {
  const { jobIds } = await app.client.proof.make.mutate({
    projectId,
    sentenceIds: [sentenceId],
    styleIds: [styleId],
    force,
  });
  return jobBecomes(app, jobIds[0]!, "completed");
}
const seedOf = ({ id }: { id: string }) => inputsOf(promptsOf(app.comfy, id)[0]!, "KSampler").seed;

test("an own picture that comes while a proof is painted is done at once, and so is taking it back", async () => {
  const { projectId, sentenceId, release } = await proving();
  const { take } = (await upload(app, sentenceId, await halves())).data!;
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "completed", job: null });
  const shown = (from: string | null, to: string | null) =>
    app.client.take.show.mutate({ projectId, shots: [{ sentenceId, from, to, isLocked: false }] });
  expect((await shown(take.id, null)).sentences).toMatchObject([{ status: "pending" }]);
  expect((await shown(null, take.id)).sentences).toMatchObject([{ status: "completed" }]);
  await release();
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "completed", selectedTakeId: take.id });
});

test("a picked style shows no proof in the place of an own picture, for whatever it is picked", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const sentenceId = sentenceIds[0]!;
  await prove(projectId, sentenceId, "noir");
  await upload(app, sentenceId, await halves());
  await app.client.sentence.update.mutate({ sentenceId, isLocked: false });
  const ask = { projectId, styleId: "noir" };
  for (const keepPictures of [true, false])
    expect(await app.client.proof.foresee.query({ ...ask, keepPictures })).toMatchObject({ proofs: 0 });
  expect(await app.client.proof.use.mutate(ask)).toMatchObject({ shown: [] });
  expect(await sentence(app, sentenceId)).toMatchObject({ shownTake: { renderer: "own" } });
});

test("an own picture that comes while the shot itself is painted leaves it generating until that has ended", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const sentenceId = sentenceIds[0]!;
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const { take } = (await upload(app, sentenceId, await halves())).data!;
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "generating", selectedTakeId: take.id });
  app.comfy.release();
  await app.settled(projectId);
  expect(await sentence(app, sentenceId)).toMatchObject({ status: "completed", selectedTakeId: take.id });
});

test("proofs of a shot without a picture have one seed too, asked for together or later, until one is painted again", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const id = sentenceIds[0]!;
  const seed = seedOf(await prove(projectId, id, "noir"));
  expect(seedOf(await prove(projectId, id, "anime"))).toBe(seed);
  const again = seedOf(await prove(projectId, id, "noir", true));
  expect(again).not.toBe(seed);
  expect(seedOf(await prove(projectId, id, "cinematic"))).toBe(again);
});

test("where the shown take is deleted, the newest one that was painted for the board comes before any proof", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const id = sentenceIds[0]!;
  await paint(app, { projectId, takes: 2 });
  const [shown, spare] = await takesOf(id);
  await prove(projectId, id, "noir");
  const [proof] = await takesOf(id);
  const remove = (takeId: string) => app.client.take.delete.mutate({ takeId });
  expect(await remove(shown!.id)).toMatchObject({ wasSelected: true, selectedTakeId: spare!.id });
  // There is nothing else left.
  expect(await remove(spare!.id)).toMatchObject({ wasSelected: true, selectedTakeId: proof!.id });
});

test("a take that is redone while proofs are in line gets the number after the shot's own", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  const id = sentenceIds[0]!;
  await paint(app, { projectId });
  const [take] = await takesOf(id);
  app.comfy.pause();
  const proofs = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: ["noir"] });
  const { jobIds } = await app.client.take.redo.mutate({ takeId: take!.id });
  const jobs = app.runtime.services.database.db
    .select({ takeNo: generationJobs.takeNo })
    .from(generationJobs);
  expect(await jobs.where(eq(generationJobs.id, jobIds[0]!))).toEqual([{ takeNo: 1 }]);
  app.comfy.release();
  for (const jobId of [...proofs.jobIds, ...jobIds]) await jobBecomes(app, jobId, "completed");
});

test("a proof that failed is no shot that failed", async () => {
  const { projectId, sentenceIds } = await app.project(1, turbo);
  app.comfy.addFault({ kind: "refuse_prompt" });
  const { jobIds } = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: ["noir"] });
  await jobBecomes(app, jobIds[0]!, "failed");
  const { items } = await app.client.queue.errors.query();
  expect(items.flatMap((one) => one.shots.map((shot) => shot.sentenceId))).not.toContain(sentenceIds[0]);
});
