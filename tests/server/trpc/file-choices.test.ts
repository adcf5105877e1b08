import { expect, test } from "vitest";
import { startTestApp } from "../../support/test-app";
import { refusalOf } from "../../support/api";
import { paintOne } from "../generation/board";
import { inputsOf } from "../generation/received";
import { small } from "../generation/patience";

const file = { classType: "VAELoader", input: "vae_name", value: "ae.safetensors" };

/** A ComfyUI that has the default model's VAE under a name of its own. */
const startApp = () => startTestApp({ comfy: { files: { vae: ["ae_flux1.safetensors", "other.pt"] } } });

test("a file that was chosen instead of a missing one is remembered, painted with, and let go of again", async () => {
  await using app = await startApp();
  const { client, comfy } = app;
  const inspect = async () => (await client.model.inspect.mutate({ modelId: "z-image-turbo" })).servers[0]!;
  const { projectId } = await app.project(1, { ...small, modelId: "z-image-turbo" });
  const dryRun = () => client.image.generate.mutate({ projectId, dryRun: true });

  const [missing] = (await inspect()).problems;
  expect(missing).toMatchObject({ code: "missing_file", ...file, nearest: ["ae_flux1.safetensors"] });
  expect((await dryRun()).problems).toMatchObject([
    { remedy: expect.stringContaining("ae_flux1.safetensors") as string },
  ]);

  const choice = missing!.nearest[0]!;
  await client.server.choose.mutate({ url: comfy.url, ...file, choice });
  expect(await inspect()).toMatchObject({
    problems: [],
    replacements: [{ from: file.value, to: choice, isChosen: true }],
  });
  expect((await dryRun()).problems).toEqual([]);
  const { prompt } = await paintOne(app, { projectId });
  expect(inputsOf(prompt, "VAELoader")).toEqual({ vae_name: choice });

  await client.server.choose.mutate({ url: comfy.url, ...file, choice: null });
  expect(await inspect()).toMatchObject({ problems: [{ code: "missing_file" }], replacements: [] });
});

test("a later choice for the same file takes the place of the first, also when both come at once", async () => {
  await using app = await startApp();
  const { client, comfy } = app;
  const choose = (choice: string) => client.server.choose.mutate({ url: comfy.url, ...file, choice });
  await Promise.all([choose("other.pt"), choose("other.pt"), choose("other.pt")]);
  await choose("ae_flux1.safetensors");
  const { servers } = await client.model.inspect.mutate({ modelId: "z-image-turbo" });
  expect(servers[0]?.replacements).toMatchObject([{ to: "ae_flux1.safetensors", isChosen: true }]);
});

test("what is not there, a node that is not there and a server that is not connected are refused", async () => {
  await using app = await startApp();
  const { client, comfy } = app;
  const refused = (more: object) =>
    refusalOf(client.server.choose.mutate({ url: comfy.url, ...file, choice: "other.pt", ...more }));
  expect(await refused({ choice: "nowhere.pt" })).toMatchObject({ field: "choice", reason: "no_such_file" });
  expect(await refused({ classType: "NoSuchNode" })).toMatchObject({ field: "input" });
  expect(await refused({ input: "__proto__" })).toMatchObject({ field: "input" });
  // Half a character, which no database takes.
  await client.server.choose.mutate({ url: comfy.url, ...file, value: "a\ud800", choice: null });
  expect(await refused({ url: "http://127.0.0.1:1" })).toMatchObject({ field: "url" });
  const { servers } = await client.model.inspect.mutate({ modelId: "z-image-turbo" });
  expect(servers[0]?.replacements).toEqual([]);
});
