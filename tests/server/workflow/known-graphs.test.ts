import { describe, expect, it } from "vitest";
import { fillWorkflow, type FillValues } from "@/server/workflow/fill-workflow";
import { listOutputs } from "@/server/workflow/find-output";
import { findSlots } from "@/server/workflow/find-slots";
import type { Graph } from "@/server/workflow/graph";
import type { Slots } from "@/server/workflow/slots";
import { convert, editorFile, infos, node as editorNode, subgraph } from "./editor-files";
import { at, danglingLinks, idsOf } from "./graph-shape";
import {
  baseAndRefiner,
  controlledWithThreeOutputs,
  fluxGuided,
  node,
  sdxl,
  textToImage,
  values,
} from "./sample-graphs";
import { readSource, toGraph } from "@/server/workflow/read-source";

function fill(graph: Graph, changes: Partial<FillValues> = {}, options = {}) {
  const slots = findSlots(graph, options);
  const filled = fillWorkflow(graph, slots, { ...values, ...changes });
  expect(danglingLinks(filled.graph)).toEqual([]);
  return { slots, ...filled };
}

const placesOf = (
  slots: Slots,
  name: "prompt" | "negative" | "seed" | "steps" | "cfg" | "width" | "height",
) => slots[name].map(({ nodeId, input }) => `${nodeId}.${input}`);

describe("SDXL with a refiner", () => {
  it("has both samplers' texts, seeds, steps and guidance, and keeps their division of the steps", () => {
    const { slots, graph } = fill(baseAndRefiner, { prompt: "a door", negative: "blur", seed: 9, steps: 50 });
    expect(placesOf(slots, "prompt")).toEqual(["pos2.text", "pos.text"]);
    expect(placesOf(slots, "negative")).toEqual(["neg2.text", "neg.text"]);
    expect(at(graph, "first").inputs).toMatchObject({
      noise_seed: 9,
      steps: 50,
      start_at_step: 0,
      end_at_step: 40,
    });
    expect(at(graph, "second").inputs).toMatchObject({
      noise_seed: 9,
      steps: 50,
      start_at_step: 40,
      end_at_step: 10_000,
    });
  });

  it("is told of the size where its encoders are", () => {
    const size = { width: 4096, height: 4096, crop_w: 0, crop_h: 0, target_width: 4096, target_height: 4096 };
    const encode = (text: string) =>
      node("CLIPTextEncodeSDXL", { ...size, text_g: text, text_l: text, clip: ["ckpt", 1] });
    const { slots, graph } = fill({ ...sdxl, pos: encode("a"), neg: encode("b") });
    expect(placesOf(slots, "prompt")).toEqual(["pos.text_g", "pos.text_l"]);
    for (const id of ["pos", "neg"])
      expect(at(graph, id).inputs).toMatchObject({
        width: 1920,
        height: 1088,
        target_width: 1920,
        target_height: 1088,
        crop_w: 0,
      });
  });
});

describe("Flux dev with guidance", () => {
  it("has no cfg and no negative, and its guidance stays as it is", () => {
    const { slots, graph, notes } = fill(fluxGuided, { prompt: "a door", cfg: 7, negative: "blur" });
    expect(placesOf(slots, "prompt")).toEqual(["words.value"]);
    expect([slots.cfg, slots.negative]).toEqual([[], []]);
    expect(at(graph, "guidance").inputs["guidance"]).toBe(3.5);
    expect(at(graph, "shift").inputs).toMatchObject({ width: 1920, height: 1088 });
    expect(notes).toEqual([
      "The workflow has no negative prompt: it was left out.",
      "The workflow has no cfg: it was left out.",
    ]);
  });
});

describe("Qwen edit", () => {
  const scaled = (load: string) => node("FluxKontextImageScale", { image: [load, 0] });
  const encode = (prompt: string, ...images: string[]) =>
    node("TextEncodeQwenImageEditPlus", {
      prompt,
      clip: ["clip", 0],
      vae: ["vae", 0],
      ...Object.fromEntries(images.map((id, index) => [`image${index + 1}`, [id, 0]])),
    });
  const graphWith = (positive: Graph[string], negative: Graph[string], more: Graph): Graph => ({
    unet: node("UNETLoader", { unet_name: "qwen_image_edit_2509.safetensors", weight_dtype: "default" }),
    clip: node("CLIPLoader", { clip_name: "qwen_2.5_vl_7b.safetensors", type: "qwen_image" }),
    vae: node("VAELoader", { vae_name: "qwen_image_vae.safetensors" }),
    ...more,
    pos: positive,
    neg: negative,
    latent: node("EmptySD3LatentImage", { width: 1024, height: 1024, batch_size: 1 }),
    sampler: node("KSampler", {
      ...sdxl["sampler"]!.inputs,
      model: ["unet", 0],
      latent_image: ["latent", 0],
    }),
    decode: node("VAEDecode", { samples: ["sampler", 0], vae: ["vae", 0] }),
    save: node("SaveImage", { images: ["decode", 0], filename_prefix: "x" }),
  });
  const load = (file: string) => node("LoadImage", { image: file });
  const three = graphWith(encode("edit", "s1", "s2", "s3"), encode("", "s1", "s2", "s3"), {
    l1: load("one.png"),
    l2: load("two.png"),
    l3: load("three.png"),
    s1: scaled("l1"),
    s2: scaled("l2"),
    s3: scaled("l3"),
  });
  const one = graphWith(encode("edit", "s1"), encode("", "s1"), { l1: load("one.png"), s1: scaled("l1") });

  it("with three references takes three, in the order of its inputs", () => {
    const { slots, graph } = fill(three, { references: ["a.png", "b.png", "c.png"] });
    expect(slots).toMatchObject({ maxReferences: 3, reference: { isRemovable: true } });
    expect(["l1", "l2", "l3"].map((id) => at(graph, id).inputs["image"])).toEqual([
      "a.png",
      "b.png",
      "c.png",
    ]);
  });

  it("with fewer leaves the inputs free, and runs without any", () => {
    const { graph, notes } = fill(three, { references: ["a.png"] });
    expect(at(graph, "pos").inputs).toMatchObject({ image1: ["s1", 0] });
    expect(Object.keys(at(graph, "pos").inputs)).not.toContain("image2");
    expect([idsOf(graph, "LoadImage"), notes]).toEqual([["l1"], []]);
    const without = fill(three, { references: [] }).graph;
    expect(idsOf(without, "LoadImage")).toEqual([]);
    expect(at(without, "pos").inputs).toEqual({ prompt: values.prompt, clip: ["clip", 0], vae: ["vae", 0] });
  });

  it("saved with one takes three all the same, each scaled like the first, on both sides", () => {
    const { slots, graph, notes } = fill(one, { references: ["a.png", "b.png", "c.png", "d.png"] });
    expect(slots.maxReferences).toBe(3);
    const pictures = ["image1", "image2", "image3"].map((input) => {
      const [positive, negative] = ["pos", "neg"].map(
        (id) => at(graph, id).inputs[input] as [string, number],
      );
      expect(negative).toEqual(positive);
      const scale = at(graph, positive![0]);
      expect(scale.class_type).toBe("FluxKontextImageScale");
      return at(graph, (scale.inputs["image"] as [string, number])[0]).inputs["image"];
    });
    expect(pictures).toEqual(["a.png", "b.png", "c.png"]);
    expect(notes).toEqual(["The workflow takes at most 3 reference pictures: 1 was left out."]);
  });

  it("whose latent is the picture itself cannot do without it, and its size is the picture's", () => {
    const edited: Graph = { ...one, latent: node("VAEEncode", { pixels: ["s1", 0], vae: ["vae", 0] }) };
    expect(findSlots(edited)).toMatchObject({ width: [], height: [], reference: { isRemovable: false } });
    expect(() => fill(edited)).toThrow(expect.objectContaining({ code: "workflow_needs_reference" }));
    expect(fill(edited, { references: ["a.png", "b.png"] }).notes).toEqual([
      "The workflow has no width and height: 1920×1088 was left out.",
    ]);
  });
});

describe("Z-Image with a LoRA", () => {
  it("has it between the model loader and everything that takes the model", () => {
    const lora = { file: "ink.safetensors", strength: 0.7 };
    const { graph } = fill(textToImage, { lora });
    const [loader] = idsOf(graph, "LoraLoaderModelOnly");
    expect(at(graph, loader!).inputs).toMatchObject({ lora_name: "ink.safetensors", strength_model: 0.7 });
    const [shift] = idsOf(graph, "ModelSamplingAuraFlow");
    expect(at(graph, shift!).inputs["model"]).toEqual([loader, 0]);
  });
});

describe("a nested subgraph", () => {
  it("has its slots at the ids of its flattened nodes", () => {
    const sampler = editorNode(30, "KSampler", {
      values: [1, "fixed", 20, 7, "euler", "simple", 1],
      inputs: { model: 1, positive: 2, negative: 3, latent_image: 4 },
    });
    const text = (id: number, words: string, link: number) =>
      editorNode(id, "CLIPTextEncode", { values: [words], inputs: { clip: link } });
    const inner = subgraph("sampling", {
      nodes: [
        sampler,
        text(31, "a door", 5),
        text(32, "blur", 6),
        editorNode(33, "EmptyLatentImage", { values: [512, 512, 4] }),
      ],
      links: [
        [1, -10, 0, 30, 0],
        [2, 31, 0, 30, 1],
        [3, 32, 0, 30, 2],
        [4, 33, 0, 30, 3],
        [5, -10, 1, 31, 0],
        [6, -10, 1, 32, 0],
        [7, 30, 0, -20, 0],
      ],
      inputs: { model: [1], clip: [5, 6] },
      outputs: { LATENT: [7] },
    });
    const outer = subgraph("all", {
      nodes: [
        editorNode(40, "CheckpointLoaderSimple", { values: ["sd.safetensors"] }),
        editorNode(41, "sampling", { inputs: { model: 1, clip: 2 } }),
        editorNode(42, "VAEDecode", { inputs: { samples: 3, vae: 4 } }),
      ],
      links: [
        [1, 40, 0, 41, 0],
        [2, 40, 1, 41, 1],
        [3, 41, 0, 42, 0],
        [4, 40, 2, 42, 1],
        [5, 42, 0, -20, 0],
      ],
      outputs: { IMAGE: [5] },
    });
    const file = editorFile(
      [editorNode(57, "all"), editorNode(9, "SaveImage", { values: ["x"], inputs: { images: 1 } })],
      [[1, 57, 0, 9, 0]],
      [inner, outer],
    );
    expect(Object.keys(convert(file))).toContain("57:41:30");
    const { slots, graph } = fill(toGraph(readSource(file), infos).graph, { prompt: "a gate", seed: 5 });
    expect(placesOf(slots, "prompt")).toEqual(["57:41:31.text"]);
    expect(placesOf(slots, "negative")).toEqual(["57:41:32.text"]);
    expect(at(graph, "57:41:30").inputs["seed"]).toBe(5);
    expect(at(graph, "57:41:33").inputs).toEqual({ width: 1920, height: 1088, batch_size: 1 });
  });
});

describe("a workflow with three outputs", () => {
  it("gives the last picture, and any other that is chosen; the rest goes", () => {
    expect(listOutputs(controlledWithThreeOutputs).map(({ nodeId }) => nodeId)).toEqual([
      "save",
      "saveLarge",
      "previewEdges",
    ]);
    const references = ["a.png"];
    const large = fill(controlledWithThreeOutputs, { references });
    expect(large.slots.output.nodeId).toBe("saveLarge");
    expect(at(large.graph, large.outputNodeId).inputs["images"]).toEqual(["upscaled", 0]);
    const small = fill(controlledWithThreeOutputs, { references }, { output: "save" });
    expect(at(small.graph, small.outputNodeId).inputs["images"]).toEqual(["decode", 0]);
    expect(idsOf(small.graph, "ImageUpscaleWithModel")).toEqual([]);
    expect(() => findSlots(controlledWithThreeOutputs, { output: "previewEdges" })).toThrow(
      expect.objectContaining({ code: "workflow_no_sampler" }),
    );
    expect(() => findSlots(controlledWithThreeOutputs, { output: "ckpt" })).toThrow(
      expect.objectContaining({ code: "workflow_slots_outdated" }),
    );
  });
});

describe("a workflow that ends larger than it samples", () => {
  it("keeps by how much, also where the larger size was a number", () => {
    const second = {
      larger: node("LatentUpscale", {
        upscale_method: "bicubic",
        width: 1536,
        height: 1536,
        crop: "disabled",
        samples: ["sampler", 0],
      }),
      again: node("KSampler", { ...sdxl["sampler"]!.inputs, denoise: 0.5, latent_image: ["larger", 0] }),
      decode: node("VAEDecode", { samples: ["again", 0], vae: ["ckpt", 2] }),
    };
    const { slots, graph } = fill({ ...sdxl, ...second }, { width: 1280, height: 720 });
    expect(placesOf(slots, "width")).toEqual(["latent.width"]);
    expect(placesOf(slots, "seed")).toEqual(["again.seed", "sampler.seed"]);
    expect(at(graph, "latent").inputs).toMatchObject({ width: 1280, height: 720 });
    expect(at(graph, "larger").inputs).toMatchObject({ width: 1920, height: 1088 });
  });
});

describe("Stable Cascade", () => {
  it("has its prompt and size in the first stage, which comes by way of the second one's conditioning", () => {
    const settings = { ...sdxl["sampler"]!.inputs };
    const cascade: Graph = {
      c: node("CheckpointLoaderSimple", { ckpt_name: "stage_c.safetensors" }),
      b: node("CheckpointLoaderSimple", { ckpt_name: "stage_b.safetensors" }),
      pos: node("CLIPTextEncode", { text: "sample", clip: ["c", 1] }),
      neg: node("CLIPTextEncode", { text: "", clip: ["c", 1] }),
      latent: node("StableCascade_EmptyLatentImage", {
        width: 1024,
        height: 1024,
        compression: 42,
        batch_size: 1,
      }),
      first: node("KSampler", { ...settings, model: ["c", 0], latent_image: ["latent", 0] }),
      zero: node("ConditioningZeroOut", { conditioning: ["pos", 0] }),
      stageB: node("StableCascade_StageB_Conditioning", { conditioning: ["zero", 0], stage_c: ["first", 0] }),
      second: node("KSampler", {
        ...settings,
        model: ["b", 0],
        positive: ["stageB", 0],
        negative: ["zero", 0],
        latent_image: ["latent", 1],
      }),
      decode: node("VAEDecode", { samples: ["second", 0], vae: ["b", 2] }),
      save: node("SaveImage", { images: ["decode", 0], filename_prefix: "x" }),
    };
    const { slots } = fill(cascade);
    expect(placesOf(slots, "prompt")).toEqual(["pos.text"]);
    expect(placesOf(slots, "width")).toEqual(["latent.width"]);
  });
});

describe("a title like shotboard:prompt", () => {
  it("wins over what would be found", () => {
    const titled: Graph = {
      ...sdxl,
      words: node("PrimitiveString", { value: "mine" }, " Shotboard: Prompt "),
      pos: node("CLIPTextEncode", { text: "not here", clip: ["ckpt", 1] }),
      number: node("PrimitiveInt", { value: 3 }, "shotboard:seed"),
      latent: { ...sdxl["latent"]!, _meta: { title: "shotboard:size" } },
      save: { ...sdxl["save"]!, _meta: { title: "shotboard:output" } },
      later: node("SaveImage", { images: ["decode", 0], filename_prefix: "later" }),
    };
    const slots = findSlots(titled);
    expect(placesOf(slots, "prompt")).toEqual(["words.value"]);
    expect(placesOf(slots, "seed")).toEqual(["number.value"]);
    expect(placesOf(slots, "width")).toEqual(["latent.width"]);
    expect(slots.output.nodeId).toBe("save");
  });

  it("on a node that has no such place, or that means nothing, is told", () => {
    const on = (title: string) => () =>
      findSlots({ ...sdxl, decode: { ...sdxl["decode"]!, _meta: { title } } });
    expect(on("shotboard:prompt")).toThrow(
      expect.objectContaining({ code: "workflow_title_misplaced", field: "decode" }),
    );
    expect(on("shotboard:promt")).toThrow(/expected one of prompt, negative/);
    expect(on("A title about shotboard: prompt")).not.toThrow();
  });
});
