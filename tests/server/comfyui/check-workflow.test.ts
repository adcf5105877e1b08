import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyReplacements, checkWorkflow } from "@/server/comfyui/check-workflow";
import type { FileChoice } from "@/server/comfyui/check-workflow";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import type { Graph, GraphNode } from "@/server/workflow/graph";
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

const check = (fake: FakeComfy, graph: Graph, choices: FileChoice[] = []) =>
  checkWorkflow(createComfyClient({ url: fake.url, timings: quick }), graph, { choices });

const loader = (lora_name: string, _meta?: GraphNode["_meta"]): Graph => ({
  "5": {
    class_type: "LoraLoaderModelOnly",
    inputs: { model: ["1", 0], lora_name, strength_model: 1 },
    ...(_meta && { _meta }),
  },
});

const vae = (vae_name: string): Graph => ({ "3": { class_type: "VAELoader", inputs: { vae_name } } });
const choice = {
  classType: "VAELoader",
  input: "vae_name",
  value: "ae.safetensors",
  choice: "mine.safetensors",
};
const sampler = (changes: GraphNode["inputs"]): Graph => {
  const [, node] = Object.entries(readTrace("t2i-first").graph).find(
    ([, one]) => one.class_type === "KSampler",
  )!;
  return { "7": { ...node, inputs: { ...node.inputs, ...changes } } };
};

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
        nearest: [],
        download: null,
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
      replacements: [
        {
          nodeId: "5",
          classType: "LoraLoaderModelOnly",
          input: "lora_name",
          from: asked,
          to: expected,
          isChosen: false,
        },
      ],
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

  it("leaves pictures to load alone", async () => {
    await using fake = await serve();
    const graph: Graph = { "1": { class_type: "LoadImage", inputs: { image: "shotboard/ref.png" } } };
    expect(await check(fake, graph)).toEqual({ problems: [], replacements: [] });
  });

  it("names the files most like a missing one, and where the workflow says that it can be had", async () => {
    await using fake = await serve({
      "LoraLoaderModelOnly.lora_name": [
        "watercolor.safetensors",
        "film/Noir_v2.safetensors",
        "x.safetensors",
      ],
    });
    const url = "https://models.example/noir.safetensors";
    const models = [{ name: "noir.safetensors", url, directory: "loras" }];
    const [problem] = (await check(fake, loader("noir.safetensors", { models }))).problems;
    expect(problem).toMatchObject({
      code: "missing_file",
      nearest: ["film/Noir_v2.safetensors"],
      download: url,
    });
    expect(problem?.remedy).toMatch(/models\/loras.*film\/Noir_v2\.safetensors/);
    expect(problem?.remedy).toContain(url);
  });

  it.each(["javascript:alert(1)", "not an address", "file:///etc/passwd"])(
    "offers no link to %s",
    async (url) => {
      await using fake = await serve({ "LoraLoaderModelOnly.lora_name": [] });
      const models = [{ name: "noir.safetensors", url, directory: "loras" }];
      const [problem] = (await check(fake, loader("noir.safetensors", { models }))).problems;
      expect(problem).toMatchObject({ download: null });
      expect(problem?.remedy).not.toContain(url);
    },
  );

  it("finds the folder of a loader that nobody knows in what the workflow says of the file", async () => {
    await using fake = await FakeComfy.start();
    const required = { weights: [["other.gguf"]] };
    fake.on("GET object_info/", () => ({ body: { OddLoader: { input: { required }, output: ["MODEL"] } } }));
    const graph: Graph = {
      "1": {
        class_type: "OddLoader",
        inputs: { weights: "mine.gguf" },
        _meta: { models: [{ name: "mine.gguf", url: "https://a.example/mine.gguf", directory: "odd" }] },
      },
    };
    expect((await check(fake, graph)).problems).toMatchObject([{ value: "mine.gguf", folder: "models/odd" }]);
  });

  it("loads what was chosen for a file, as long as it is there", async () => {
    const graph = vae("ae.safetensors");
    {
      await using fake = await serve({ "VAELoader.vae_name": ["mine.safetensors"] });
      const { problems, replacements } = await check(fake, graph, [choice]);
      expect(problems).toEqual([]);
      expect(replacements).toMatchObject([
        { from: "ae.safetensors", to: "mine.safetensors", isChosen: true },
      ]);
    }
    await using fake = await serve({ "VAELoader.vae_name": ["other.safetensors"] });
    expect(await check(fake, graph, [choice])).toMatchObject({
      problems: [{ code: "missing_file", value: "ae.safetensors" }],
      replacements: [],
    });
  });

  it("takes the file that is asked for once it is there, whatever was chosen for it", async () => {
    await using fake = await serve({ "VAELoader.vae_name": ["ae.safetensors", "mine.safetensors"] });
    expect(await check(fake, vae("ae.safetensors"), [choice])).toEqual({ problems: [], replacements: [] });
  });

  it.each([
    ["steps that are too many", { steps: 20_000 }, { input: "steps", value: "20000" }, "at most 10000"],
    ["a strength below the least", { denoise: -1 }, { input: "denoise", value: "-1" }, "at least 0"],
    ["a sampler that is unknown", { sampler_name: "eulr" }, { value: "eulr" }, "such as euler"],
  ])("names %s, and what would be taken", async (_, inputs, expected, words) => {
    await using fake = await serve();
    const { problems } = await check(fake, sampler(inputs));
    expect(problems).toMatchObject([{ code: "value_not_allowed", classType: "KSampler", ...expected }]);
    expect(problems[0]?.message).toContain(words);
  });

  it("names an input that nothing is connected to", async () => {
    await using fake = await serve();
    const graph = sampler({});
    const { model: _, ...inputs } = graph["7"]!.inputs;
    expect((await check(fake, { "7": { ...graph["7"]!, inputs } })).problems).toMatchObject([
      { code: "input_missing", nodeId: "7", input: "model" },
    ]);
  });

  it("does not take a server that is away for one that has everything", async () => {
    const fake = await serve();
    await fake[Symbol.asyncDispose]();
    await expect(check(fake, loader("noir.safetensors"))).rejects.toMatchObject({ code: "unreachable" });
  });
});
