import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ProofStep } from "@/app/projects/[projectId]/live/proof-step";
import { startTestApp, type TestApp } from "../support/test-app";

const patience = { timeout: 30_000, interval: 20 };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const STYLE = "noir";
const project = (projectId: string) => app.client.project.get.query({ projectId });
/** What an undo has to bring back. */
const stateOf = async (projectId: string) => {
  const { styleId, sections } = await project(projectId);
  const shots = sections.flatMap((one) => one.sentences);
  return {
    styleId,
    shots: shots.map((one) => [one.styleId, one.selectedTakeId, one.seed, one.status, one.isImageDirty]),
  };
};

/**
 * Two shots, the first one or both with their picture, proofs of both, and the style about to be used for project or
 * shots.
 */
async function proved(reach: "project" | "shots", pictures = 1) {
  const made = await app.project(2, { width: 64, height: 64, modelId: "z-image-turbo", styleId: "anime" });
  const { projectId, sentenceIds } = made;
  await app.client.image.generate.mutate({ projectId, sentenceIds: sentenceIds.slice(0, pictures) });
  await app.settled(projectId);
  const { jobIds } = await app.client.proof.make.mutate({ projectId, sentenceIds, styleIds: [STYLE] });
  for (const jobId of jobIds)
    await vi.waitUntil(
      async () => (await app.client.job.get.query({ jobId })).status === "completed",
      patience,
    );
  const ask = { projectId, styleId: STYLE, ...(reach === "shots" && { sentenceIds }) };
  return { ...made, empty: sentenceIds[1]!, step: new ProofStep(app.client, ask, "anime") };
}

describe.each(["project", "shots"] as const)("a style of a contact sheet that became the %s'", (reach) => {
  test("is taken back whole, also where a shot had no picture and no seed, and is done again", async () => {
    const { projectId, step } = await proved(reach);
    const before = await stateOf(projectId);
    await step.redo();
    const after = await stateOf(projectId);
    expect(step.used!.shown).toHaveLength(2);
    await step.undo();
    expect(await stateOf(projectId)).toEqual(before);
    await step.redo();
    expect(await stateOf(projectId)).toEqual(after);
  });

  test("stays whole where a picture that was shown before is deleted by now", async () => {
    const { projectId, step } = await proved(reach, 2);
    await step.redo();
    const after = await stateOf(projectId);
    await app.client.take.delete.mutate({ takeId: step.used!.shown.at(-1)!.before! });
    await expect(step.undo()).rejects.toThrow(/no take/);
    expect(await stateOf(projectId)).toEqual(after);
  });

  test("is not taken back over what another window did since", async () => {
    const { projectId, step, empty } = await proved(reach);
    await step.redo();
    await app.client.sentence.update.mutate({ sentenceId: empty, isLocked: true });
    await expect(step.undo()).rejects.toThrow("changed again since");
    expect((await project(projectId)).sections[0]!.sentences[1]).toMatchObject({ isLocked: true });
  });

  test("is not done again over a style that another window chose since", async () => {
    const { projectId, step, empty } = await proved(reach);
    await step.redo();
    await step.undo();
    await (reach === "project"
      ? app.client.project.update.mutate({ projectId, styleId: "cinematic" })
      : app.client.sentence.update.mutate({ sentenceId: empty, styleId: "cinematic" }));
    const theirs = await stateOf(projectId);
    await expect(step.redo()).rejects.toThrow("changed again since");
    expect(await stateOf(projectId)).toEqual(theirs);
  });
});
