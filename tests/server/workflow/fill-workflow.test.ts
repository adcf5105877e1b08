import { describe, expect, it } from "vitest";

import type { FillValues } from "@/server/workflow/fill-workflow";
import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import type { Graph } from "@/server/workflow/graph";

import { at, danglingLinks, deepFrozen, idsOf } from "./graph-shape";
import {
  baseAndRefiner,
  controlledWithThreeOutputs,
  fluxGuided,
  imageToImage,
  node,
  sdxl,
  textToImage,
  values,
} from "./sample-graphs";

function fill(graph: Graph, changes: Partial<FillValues> = {}) {
  return fillWorkflow(graph, findSlots(graph), { ...values, ...changes });
}

describe("values", () => {
  it("of prompt, negative, seed, steps, cfg and size go to their places", () => {
    const { graph, notes } = fill(sdxl, { negative: "text, watermark", steps: 30, cfg: 6.5 });
    expect(at(graph, "pos").inputs["text"]).toBe(values.prompt);
    expect(at(graph, "neg").inputs["text"]).toBe("text, watermark");
    expect(at(graph, "sampler").inputs).toMatchObject({ seed: 7, steps: 30, cfg: 6.5 });
    expect(at(graph, "latent").inputs).toMatchObject({ width: 1920, height: 1088 });
    expect(notes).toEqual([]);
  });

  it("that are null leave the workflow's own", () => {
    const { graph } = fill(sdxl, { negative: null, steps: null, cfg: null });
    expect(at(graph, "neg").inputs["text"]).toBe("blurry");
    expect(at(graph, "sampler").inputs).toMatchObject({ steps: 20, cfg: 8 });
  });

  it("without a place are left out, with a note each", () => {
    const { notes } = fill(fluxGuided, { negative: "blurry", references: ["a.png", "b.png"] });
    expect(notes).toEqual([
      "The workflow has no negative prompt: it was left out.",
      "The workflow has no cfg: it was left out.",
      "The workflow has no place for reference pictures: 2 were left out.",
    ]);
    expect(fill(textToImage, { negative: "" }).notes).toEqual([]);
  });

  it("go to every sampler of the chain, and the division of the steps moves along", () => {
    const { graph } = fill(baseAndRefiner, { steps: 50, negative: "n" });
    for (const id of ["pos", "pos2"]) expect(at(graph, id).inputs["text"]).toBe(values.prompt);
    for (const id of ["neg", "neg2"]) expect(at(graph, id).inputs["text"]).toBe("n");
    expect(at(graph, "first").inputs).toMatchObject({
      noise_seed: 7,
      steps: 50,
      start_at_step: 0,
      end_at_step: 40,
    });
    expect(at(graph, "second").inputs).toMatchObject({
      noise_seed: 7,
      steps: 50,
      start_at_step: 40,
      end_at_step: 10_000,
    });
  });

  it("replace links, also in model sampling, and go into the text node that the encoder is linked to", () => {
    const { graph } = fill(fluxGuided);
    for (const id of ["latent", "shift"])
      expect(at(graph, id).inputs).toMatchObject({ width: 1920, height: 1088 });
    expect(at(graph, "words").inputs["value"]).toBe(values.prompt);
    expect(at(graph, "prefixed").inputs["string_a"]).toBe("masterpiece, ");
    expect(Object.keys(graph)).not.toContain("w");
  });

  it("make one picture, whatever batch the workflow was saved with", () => {
    expect(at(fill(sdxl).graph, "latent").inputs["batch_size"]).toBe(1);
    const repeated = fill({
      ...sdxl,
      many: node("RepeatLatentBatch", { samples: ["latent", 0], amount: 6 }),
      sampler: node("KSampler", { ...sdxl["sampler"]?.inputs, latent_image: ["many", 0] }),
    });
    expect(at(repeated.graph, "many").inputs["amount"]).toBe(1);
  });

  it("do not change the loaded graph", () => {
    for (const graph of [textToImage, imageToImage, sdxl, fluxGuided, controlledWithThreeOutputs]) {
      const before = JSON.stringify(graph);
      const frozen = deepFrozen(structuredClone(graph));
      const slots = deepFrozen(findSlots(frozen));
      fillWorkflow(frozen, slots, {
        ...values,
        references: ["a.png", "b.png"],
        lora: { file: "l", strength: 1 },
      });
      expect(JSON.stringify(frozen)).toBe(before);
    }
  });

  it("come out in a graph that shares nothing with the loaded one", () => {
    const loaded = structuredClone({
      ...sdxl,
      extra: node("Any", { list: { deep: [1, 2] }, images: ["decode", 0] }),
    });
    const used = { ...loaded, save: node("SaveImage", { images: ["extra", 0] }) };
    const { graph } = fill(used);
    const list = at(graph, "extra").inputs["list"];
    expect(list).toEqual({ deep: [1, 2] });
    expect(list).not.toBe(at(used, "extra").inputs["list"]);
    expect(at(graph, "decode").inputs["samples"]).not.toBe(at(used, "decode").inputs["samples"]);
  });

  it("of slots that were found in another graph are refused", () => {
    expect(() => fillWorkflow(sdxl, findSlots(textToImage), values)).toThrow(
      expect.objectContaining({ code: "workflow_slots_outdated" }),
    );
  });
});

describe("width and height", () => {
  it("that are links become numbers in the latent AND in the scheduler", () => {
    const { graph } = fill(imageToImage, { references: ["storyboard/a.png"] });
    expect(at(graph, "16").inputs).toMatchObject({ width: 1920, height: 1088 });
    expect(at(graph, "15").inputs).toMatchObject({ width: 1920, height: 1088 });
    expect(idsOf(graph, "GetImageSize")).toEqual([]);
  });
});

describe("a LoRA", () => {
  const lora = { file: "watercolor.safetensors", strength: 0.8 };

  it("goes between the model loader and ALL users of the model", () => {
    const { graph } = fill(
      {
        ...fluxGuided,
        sigmas: node("BasicScheduler", { scheduler: "simple", steps: 20, denoise: 1, model: ["unet", 0] }),
      },
      { lora },
    );
    const [added] = idsOf(graph, "LoraLoaderModelOnly").filter((id) => id !== "ownLora");
    expect(at(graph, added ?? "").inputs).toEqual({
      model: ["unet", 0],
      lora_name: "watercolor.safetensors",
      strength_model: 0.8,
    });
    expect(at(graph, "sigmas").inputs["model"]).toEqual([added, 0]);
    expect(at(graph, "ownLora").inputs["model"]).toEqual([added, 0]);
    expect(at(graph, "shift").inputs["model"]).toEqual(["ownLora", 0]);
  });

  it("takes model and text encoder from a checkpoint that the prompt is read with, and not its VAE", () => {
    const { graph } = fill(sdxl, { lora });
    const [loader] = idsOf(graph, "LoraLoader");
    expect(at(graph, loader!).inputs).toEqual({
      model: ["ckpt", 0],
      clip: ["ckpt", 1],
      lora_name: lora.file,
      strength_model: lora.strength,
      strength_clip: lora.strength,
    });
    expect(at(graph, "pos").inputs["clip"]).toEqual([loader, 1]);
    expect(at(graph, "neg").inputs["clip"]).toEqual([loader, 1]);
    expect(at(graph, "sampler").inputs["model"]).toEqual([loader, 0]);
    expect(at(graph, "decode").inputs["vae"]).toEqual(["ckpt", 2]);
  });

  it("takes only the model where the text encoder is loaded by another node", () => {
    const { graph } = fill(
      {
        ...sdxl,
        clip: node("CLIPLoader", {}),
        pos: node("CLIPTextEncode", { text: "", clip: ["clip", 0] }),
        neg: node("CLIPTextEncode", { text: "", clip: ["clip", 0] }),
      },
      { lora },
    );
    expect(idsOf(graph, "LoraLoaderModelOnly")).toHaveLength(1);
    expect(at(graph, "pos").inputs["clip"]).toEqual(["clip", 0]);
  });

  it("goes to both models of a base and a refiner", () => {
    expect(idsOf(fill(baseAndRefiner, { lora }).graph, "LoraLoader")).toHaveLength(2);
  });
});

describe("the output", () => {
  it("is a SaveImage of our own with our file name, and no other output is left", () => {
    const { graph, outputNodeId } = fill(controlledWithThreeOutputs, { references: ["a.png"] });
    expect(at(graph, outputNodeId)).toMatchObject({
      class_type: "SaveImage",
      inputs: { images: ["upscaled", 0], filename_prefix: "shotboard/job-1/attempt-1" },
    });
    for (const gone of ["save", "saveLarge", "previewEdges"]) expect(Object.keys(graph)).not.toContain(gone);
  });

  it("takes nodes out that only another output needs", () => {
    const { graph } = fill({
      ...sdxl,
      caption: node("Captioner", { image: ["decode", 0] }),
      show: node("PreviewAny", { source: ["caption", 0] }),
      unused: node("LoadImage", { image: "sample.png" }),
    });
    expect(Object.keys(graph).toSorted()).toEqual(
      ["ckpt", "decode", "latent", "neg", "pos", "sampler", "shotboard-picture"].toSorted(),
    );
  });

  it("goes past a SaveImage in the middle of the way, so that it does not save as well", () => {
    const { graph } = fill({
      ...sdxl,
      sharpened: node("ImageSharpen", { image: ["save", 0] }),
      last: node("SaveImage", { images: ["sharpened", 0], filename_prefix: "last" }),
    });
    expect(idsOf(graph, "SaveImage")).toHaveLength(1);
    expect(at(graph, "sharpened").inputs["image"]).toEqual(["decode", 0]);
  });

  it("and all nodes of ours never take an id that is there already", () => {
    const taken: Graph = {
      ...sdxl,
      "shotboard-picture": at(sdxl, "decode"),
      "shotboard-lora": at(sdxl, "ckpt"),
      save: node("SaveImage", { images: ["shotboard-picture", 0], filename_prefix: "x" }),
      sampler: node("KSampler", { ...sdxl["sampler"]?.inputs, model: ["shotboard-lora", 0] }),
    };
    const { graph, outputNodeId } = fill(taken, { lora: { file: "l", strength: 1 } });
    expect(at(graph, "shotboard-picture").class_type).toBe("VAEDecode");
    expect(at(graph, "shotboard-lora").class_type).toBe("CheckpointLoaderSimple");
    expect(at(graph, outputNodeId).inputs["images"]).toEqual(["shotboard-picture", 0]);
    expect(danglingLinks(graph)).toEqual([]);
  });
});

it("fills a graph of 5,000 nodes in well under a second, and a usual one in well under 50 ms", () => {
  const wide = Object.fromEntries(
    Array.from({ length: 4_990 }, (_, i) => [
      `step${i}`,
      node("ImageSharpen", { image: [i === 0 ? "decode" : `step${i - 1}`, 0] }),
    ]),
  );
  const large: Graph = { ...sdxl, ...wide, save: node("SaveImage", { images: ["step4989", 0] }) };
  const slots = findSlots(large);
  expect(timeOf(() => fillWorkflow(large, slots, values))).toBeLessThan(1_000);
  const usual = findSlots(imageToImage);
  const references = ["a.png", "b.png", "c.png", "d.png"];
  expect(timeOf(() => fillWorkflow(imageToImage, usual, { ...values, references }))).toBeLessThan(50);
});

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
