import type { Graph } from "@/server/workflow/graph";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../support/test-app";
import { node, textToImage } from "../workflow/sample-graphs";
import { jobBecomes, refusal } from "./board";
import { inputsOf, nodesOf, promptsOf, running, textOf } from "./received";
import { patience, small } from "./patience";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const modelId = "z-image-turbo";

async function tested(input: Partial<Parameters<TestApp["client"]["model"]["test"]["mutate"]>[0]> = {}) {
  const { jobId } = await app.client.model.test.mutate({ modelId, ...input });
  const job = await jobBecomes(app, jobId, "completed");
  return { job, prompt: promptsOf(app.comfy, jobId).at(-1)! };
}

test("a test picture is made of the given prompt, belongs to no sentence, and is at its address", async () => {
  const { job, prompt } = await tested({ prompt: "A red door", seed: 7, steps: 4 });
  expect(job).toMatchObject({
    kind: "test",
    projectId: null,
    sentenceId: null,
    seed: 7,
    progress: 100,
    error: null,
  });
  expect(textOf(prompt)).toBe("A red door");
  expect(inputsOf(prompt, "KSampler")).toMatchObject({ seed: 7, steps: 4 });
  const answer = await fetch(`${app.url}/media/jobs/${job.id}/result.png`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/png");
  const small = await fetch(`${app.url}/media/jobs/${job.id}/result.png?w=320`);
  expect(small.headers.get("content-type")).toBe("image/webp");
});

test("without a prompt a sample is painted; a style's words go before it", async () => {
  expect(textOf((await tested()).prompt)).toContain("lighthouse keeper");
  const style = await app.client.style.create.mutate({
    name: "Chalk",
    styleType: "prompt",
    promptPrefix: "Chalk drawing of",
  });
  const { prompt } = await tested({ prompt: "a door", styleId: style.id });
  expect(textOf(prompt)).toBe("Chalk drawing of, a door");
});

test("the newest picture of a model and style is kept, and those before it go", async () => {
  const first = await tested({ prompt: "one" });
  const second = await tested({ prompt: "two" });
  // The file goes when the new one's job is settled.
  const pictures = await vi.waitUntil(async () => {
    const now = await readdir(join(app.dataDir, "tests"));
    return now.includes(`${first.job.id}.png`) ? null : now;
  }, patience);
  expect(pictures).toContain(`${second.job.id}.png`);
  expect(await refusal(app.client.job.get.query({ jobId: first.job.id }))).toMatchObject({ httpStatus: 404 });
});

test("somebody waits for it: it goes before all that wait for a board", async () => {
  const { projectId } = await app.project(4, { ...small, modelId });
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const { jobId } = await app.client.model.test.mutate({ modelId });
  app.comfy.release();
  await jobBecomes(app, jobId, "completed");
  await app.settled(projectId);
  const order = [...jobIds, jobId].map((id) => promptsOf(app.comfy, id)[0]!.startedAt!);
  // The one after what was running may have begun already.
  expect(order.filter((at) => at < order.at(-1)!).length).toBeLessThanOrEqual(2);
});

test("it is cancelled like any job, and has no picture then", async () => {
  app.comfy.pause();
  const { jobId } = await app.client.model.test.mutate({ modelId });
  await running(app.comfy, jobId);
  await app.client.image.cancel.mutate({ jobIds: [jobId] });
  await jobBecomes(app, jobId, "cancelled");
  app.comfy.release();
  expect((await fetch(`${app.url}/media/jobs/${jobId}/result.png`)).status).toBe(404);
  expect(existsSync(join(app.dataDir, "tests", `${jobId}.png`))).toBe(false);
});

/** Paints over a picture: without one it has nothing to begin with. */
function paintsOver(): Graph {
  const idOf = (name: string) =>
    Object.entries(textToImage).find(([, { class_type }]) => class_type === name)![0];
  const sampler = textToImage[idOf("KSampler")]!;
  return {
    ...textToImage,
    load: node("LoadImage", { image: "example.png" }),
    encode: node("VAEEncode", { pixels: ["load", 0], vae: [idOf("VAELoader"), 0] }),
    [idOf("KSampler")]: { ...sampler, inputs: { ...sampler.inputs, latent_image: ["encode", 0] } },
  };
}

test("a model that paints only with a reference is tested with a character's picture, and says so", async () => {
  const { id } = await app.client.model.create.mutate({
    name: "Paints over",
    workflowType: "image-to-image",
    workflow: JSON.stringify(paintsOver()),
  });
  const { jobId } = await app.client.model.test.mutate({ modelId: id });
  const { notes } = await jobBecomes(app, jobId, "completed");
  expect(notes).toContainEqual(expect.stringMatching(/^Painted with the picture of (Mira|The lighthouse)/i));
  const prompt = promptsOf(app.comfy, jobId).at(-1)!;
  expect(inputsOf(prompt, "LoadImage")["image"]).toMatch(/^shotboard\//);
  expect(nodesOf(prompt, "VAEEncode")).toHaveLength(1);

  const style = await app.client.style.create.mutate({
    name: "Portraits",
    styleType: "prompt",
    promptPrefix: "Portrait",
    requiresCharacterRef: true,
  });
  const portrait = await tested({ modelId: "flux2-klein-4b", styleId: style.id });
  expect(inputsOf(portrait.prompt, "LoadImage")["image"]).toMatch(/^shotboard\//);

  const { items } = await app.client.character.list.query({});
  for (const one of items) await app.client.character.delete.mutate({ characterId: one.id });
  expect(await refusal(app.client.model.test.mutate({ modelId: id }))).toMatchObject({
    reason: "reference_needed",
    remedy: expect.stringContaining("Characters") as string,
  });
});

test("what would make it fail is said before anything is queued", async () => {
  expect(await refusal(app.client.model.test.mutate({ modelId: "nobody" }))).toMatchObject({
    httpStatus: 404,
    field: "modelId",
  });
  expect(await refusal(app.client.model.test.mutate({ modelId, styleId: "nobody" }))).toMatchObject({
    field: "styleId",
  });
  app.comfy.setFiles("vae", []);
  expect(await refusal(app.client.model.test.mutate({ modelId }))).toMatchObject({
    reason: "missing_file",
    remedy: expect.stringContaining("models/vae") as string,
  });
  expect(await app.client.queue.status.query()).toMatchObject({ queued: 0, running: 0 });
});
