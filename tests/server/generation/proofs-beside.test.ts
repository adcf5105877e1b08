import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { halves, upload } from "../http/send-own-picture";
import { jobBecomes, sentence } from "./board";
import { small } from "./patience";
import { running } from "./received";

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
