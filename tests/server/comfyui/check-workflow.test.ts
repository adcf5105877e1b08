import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyReplacements, checkWorkflow } from "@/server/comfyui/check-workflow";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import type { Graph } from "@/server/workflow/graph";
import { FakeComfy } from "./fake-comfy";
import { quick } from "./quick";
import { readTrace } from "./traces";

type Info = { input: { required: Record<string, unknown[]> } };
const objectInfo = JSON.parse(
  readFileSync(new URL("../../fixtures/comfyui/object_info.cut.json", import.meta.url), "utf8"),
) as Record<string, Info>;

/** A server with the recorded node classes, where some inputs have other choices. */
async function serve(choices: Record<string, string[]> = {}): Promise<FakeComfy> {
  const fake = await FakeComfy.start();
  fake.on("GET object_info/", ({ path }) => {
    const name = decodeURIComponent(path.split("/")[1] ?? "");
    const info = structuredClone(objectInfo[name]);
    if (!info) return { body: {} };
    for (const [key, list] of Object.entries(choices)) {
      const [classType, input = ""] = key.split(".");
      if (classType === name) info.input.required[input] = [list];
    }
    return { body: { [name]: info } };
  });
  return fake;
}

const check = (fake: FakeComfy, graph: Graph) =>
  checkWorkflow(createComfyClient({ url: fake.url, timings: quick }), graph);

const loader = (lora_name: string): Graph => ({
  "5": { class_type: "LoraLoaderModelOnly", inputs: { lora_name } },
});

describe("checking a workflow before anything runs", () => {
  it.each(["t2i-first", "i2i-two-refs-lora"])("finds nothing wrong with the graph of %s", async (name) => {
    await using fake = await serve();
    expect(await check(fake, readTrace(name).graph)).toEqual({ problems: [], replacements: [] });
  });

  it("asks once for each class, all at the same time, and never for everything", async () => {
    await using fake = await serve();
    const { graph } = readTrace("i2i-two-refs-lora");
    await check(fake, graph);
    const classes = new Set(Object.values(graph).map((node) => node.class_type));
    expect(fake.requests.map(({ path }) => path.split("/")[1]).toSorted()).toEqual([...classes].toSorted());
  });

  it("names the missing file and the folder it belongs in", async () => {
    await using fake = await serve({ "UNETLoader.unet_name": ["other.safetensors"] });
    const { problems } = await check(fake, readTrace("t2i-first").graph);
    expect(problems).toEqual([
      {
        code: "missing_file",
        message:
          'ComfyUI does not have the file "z_image_turbo_bf16.safetensors" that the workflow\'s UNETLoader loads.',
        remedy:
          'Put "z_image_turbo_bf16.safetensors" into ComfyUI\'s folder models/diffusion_models, or choose a file that is there, then try again.',
        nodeId: "57:28",
        classType: "UNETLoader",
        input: "unet_name",
        value: "z_image_turbo_bf16.safetensors",
        folder: "models/diffusion_models",
      },
    ]);
  });

  it("names a node class that is not installed", async () => {
    await using fake = await serve();
    const { problems } = await check(fake, {
      "1": { class_type: "Fancy Node", inputs: { model_name: "x.pth" } },
    });
    expect(problems).toMatchObject([
      {
        code: "missing_node_type",
        nodeId: "1",
        classType: "Fancy Node",
        input: null,
        value: null,
        folder: null,
      },
    ]);
    expect(problems[0]?.remedy).toContain("ComfyUI-Manager");
  });

  it.each([
    ["film/noir.safetensors", ["film\\noir.safetensors"], "film\\noir.safetensors"],
    ["noir.safetensors", ["flux/film/noir.safetensors", "a.safetensors"], "flux/film/noir.safetensors"],
    ["old\\noir.safetensors", ["noir.safetensors"], "noir.safetensors"],
  ])("takes %s from %j as %s", async (asked, there, expected) => {
    await using fake = await serve({ "LoraLoaderModelOnly.lora_name": there });
    const graph = loader(asked);
    const result = await check(fake, graph);
    expect(result).toEqual({
      problems: [],
      replacements: [{ nodeId: "5", input: "lora_name", from: asked, to: expected }],
    });
    expect(applyReplacements(graph, result.replacements)["5"]?.inputs.lora_name).toBe(expected);
    expect(graph["5"]?.inputs.lora_name).toBe(asked);
  });

  it("does not guess between two files of one name", async () => {
    await using fake = await serve({
      "LoraLoaderModelOnly.lora_name": ["a/noir.safetensors", "b/noir.safetensors"],
    });
    expect(await check(fake, loader("noir.safetensors"))).toMatchObject({
      problems: [{ code: "missing_file", folder: "models/loras" }],
      replacements: [],
    });
  });

  it("leaves pictures to load and choices that are no files alone", async () => {
    await using fake = await serve();
    const graph: Graph = {
      "1": { class_type: "LoadImage", inputs: { image: "shotboard/ref.png" } },
      "2": { class_type: "KSamplerSelect", inputs: { sampler_name: "not one" } },
    };
    expect(await check(fake, graph)).toEqual({ problems: [], replacements: [] });
  });

  it("does not take a server that is away for one that has everything", async () => {
    const fake = await serve();
    await fake[Symbol.asyncDispose]();
    await expect(check(fake, loader("noir.safetensors"))).rejects.toMatchObject({ code: "unreachable" });
  });
});
