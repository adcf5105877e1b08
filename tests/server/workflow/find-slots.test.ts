import { describe, expect, it } from "vitest";

import { findSlots } from "@/server/workflow/find-slots";
import type { Graph } from "@/server/workflow/graph";
import { canRunWithoutReference, missingSlots } from "@/server/workflow/slots";
import type { SlotRef } from "@/server/workflow/slots";
import { WorkflowError } from "@/server/workflow/workflow-error";

import {
  baseAndRefiner,
  controlledWithThreeOutputs,
  fluxGuided,
  imageToImage,
  node,
  sdxl,
  textToImage,
} from "./sample-graphs";

function places(refs: readonly SlotRef[]): string[] {
  return refs.map(({ nodeId, input }) => `${nodeId}.${input}`).toSorted();
}

function refusal(graph: Graph): WorkflowError {
  try {
    findSlots(graph);
  } catch (error) {
    if (error instanceof WorkflowError) return error;
    throw error;
  }
  throw new Error("The graph was accepted.");
}

describe("the slots of the default text-to-image workflow", () => {
  const slots = findSlots(textToImage);

  it("are its prompt, seed, steps, cfg, size, LoRA and output", () => {
    expect(slots.prompt).toEqual([
      { nodeId: "5", classType: "CLIPTextEncode", title: "Prompt", input: "text" },
    ]);
    expect(places(slots.seed)).toEqual(["8.seed"]);
    expect(places(slots.steps)).toEqual(["8.steps"]);
    expect(places(slots.cfg)).toEqual(["8.cfg"]);
    expect(places([...slots.width, ...slots.height])).toEqual(["7.height", "7.width"]);
    expect(slots.lora?.models).toMatchObject([{ nodeId: "1", output: 0 }]);
    expect(slots.output).toMatchObject({ nodeId: "10", input: "images" });
  });

  it("have no negative prompt, because that side is zeroed out, and no reference", () => {
    expect(missingSlots(slots, ["prompt", "negative", "reference", "lora", "output"])).toEqual([
      "negative",
      "reference",
    ]);
    expect(slots.maxReferences).toBe(0);
    expect(canRunWithoutReference(slots)).toBe(true);
  });
});

describe("the slots of the default image-to-image workflow", () => {
  const slots = findSlots(imageToImage);

  it("are found through guider, scheduler, noise and reference latents", () => {
    expect(places(slots.prompt)).toEqual(["4.text"]);
    expect(places(slots.negative)).toEqual(["5.text"]);
    expect(places(slots.seed)).toEqual(["13.noise_seed"]);
    expect(places(slots.steps)).toEqual(["15.steps"]);
    expect(places(slots.cfg)).toEqual(["12.cfg"]);
    expect(
      missingSlots(slots, [
        "prompt",
        "negative",
        "seed",
        "steps",
        "cfg",
        "width",
        "height",
        "reference",
        "lora",
      ]),
    ).toEqual([]);
  });

  it("have width and height in the latent and in the scheduler, though they are links", () => {
    expect(places(slots.width)).toEqual(["15.width", "16.width"]);
    expect(places(slots.height)).toEqual(["15.height", "16.height"]);
  });

  it("have one reference on both conditionings, which may be cut out or extended", () => {
    expect(slots.reference?.stages).toMatchObject([
      { loads: [{ nodeId: "6", input: "image" }], appliedBy: ["10", "11"] },
    ]);
    expect(slots.reference?.fixed).toEqual([]);
    expect(slots.maxReferences).toBeGreaterThanOrEqual(4);
    expect(canRunWithoutReference(slots)).toBe(true);
  });
});

describe("the slots of other graphs", () => {
  it("are plain JSON", () => {
    const slots = findSlots(imageToImage);
    expect(JSON.parse(JSON.stringify(slots))).toEqual(slots);
  });

  it("of SDXL with one KSampler tell prompt and negative prompt apart", () => {
    const slots = findSlots(sdxl);
    expect(places(slots.prompt)).toEqual(["pos.text"]);
    expect(places(slots.negative)).toEqual(["neg.text"]);
    expect(slots.lora?.models).toMatchObject([{ nodeId: "ckpt", output: 0 }]);
  });

  it("of a base and a refiner are those of both samplers", () => {
    const slots = findSlots(baseAndRefiner);
    expect(places(slots.prompt)).toEqual(["pos.text", "pos2.text"]);
    expect(places(slots.negative)).toEqual(["neg.text", "neg2.text"]);
    expect(places(slots.seed)).toEqual(["first.noise_seed", "second.noise_seed"]);
    expect(places(slots.steps)).toEqual(["first.steps", "second.steps"]);
    expect(slots.lora?.models.map(({ nodeId }) => nodeId).toSorted()).toEqual(["base", "refiner"]);
  });

  it("of guided Flux are found through guidance, scheduler, text nodes and model sampling", () => {
    const slots = findSlots(fluxGuided);
    expect(places(slots.prompt)).toEqual(["words.value"]);
    expect(places(slots.steps)).toEqual(["sigmas.steps"]);
    expect(places(slots.seed)).toEqual(["noise.noise_seed"]);
    expect(places(slots.width)).toEqual(["latent.width", "shift.width"]);
    expect(slots.lora?.models).toMatchObject([{ nodeId: "unet" }]);
    expect(missingSlots(slots, ["negative", "cfg", "reference"])).toEqual(["negative", "cfg", "reference"]);
  });

  it("pass a ControlNet on both sides, and its picture is a reference that cannot be cut out", () => {
    const slots = findSlots(controlledWithThreeOutputs);
    expect(places(slots.prompt)).toEqual(["pos.text"]);
    expect(places(slots.negative)).toEqual(["neg.text"]);
    expect(slots.reference).toMatchObject({
      stages: [],
      fixed: [{ nodeId: "picture", input: "image" }],
      isRemovable: false,
    });
    expect(slots.maxReferences).toBe(1);
    expect(canRunWithoutReference(slots)).toBe(false);
  });

  it("of an encoder with several texts are all of them", () => {
    const slots = findSlots({
      ...sdxl,
      pos: node("CLIPTextEncodeFlux", { clip_l: "a", t5xxl: "b", guidance: 3.5, clip: ["ckpt", 1] }),
    });
    expect(places(slots.prompt)).toEqual(["pos.clip_l", "pos.t5xxl"]);
  });

  it("of an encoder that serves both sides are the prompt's alone", () => {
    const slots = findSlots({
      ...sdxl,
      sampler: node("KSampler", { ...sdxl["sampler"]?.inputs, negative: ["pos", 0] }),
    });
    expect(places(slots.prompt)).toEqual(["pos.text"]);
    expect(slots.negative).toEqual([]);
  });

  it("of two encoders that share a text node are the encoders themselves", () => {
    const slots = findSlots({
      ...sdxl,
      words: node("PrimitiveString", { value: "shared" }),
      pos: node("CLIPTextEncode", { text: ["words", 0], clip: ["ckpt", 1] }),
      neg: node("CLIPTextEncode", { text: ["words", 0], clip: ["ckpt", 1] }),
    });
    expect(places(slots.prompt)).toEqual(["pos.text"]);
    expect(places(slots.negative)).toEqual(["neg.text"]);
  });

  it("do not take in a sampler without a text, such as a depth estimator", () => {
    const slots = findSlots({
      ...sdxl,
      picture: node("LoadImage", { image: "sample.png" }),
      encoded: node("VAEEncode", { pixels: ["picture", 0], vae: ["ckpt", 2] }),
      lotus: node("LotusConditioning", {}),
      depth: node("KSampler", {
        ...sdxl["sampler"]?.inputs,
        steps: 1,
        positive: ["lotus", 0],
        negative: ["lotus", 0],
        latent_image: ["encoded", 0],
      }),
      sampler: node("KSampler", { ...sdxl["sampler"]?.inputs, latent_image: ["depth", 0] }),
    });
    expect(places(slots.steps)).toEqual(["sampler.steps"]);
  });

  it("follow the side of a switch that is on", () => {
    const slots = findSlots({
      ...sdxl,
      isFast: node("PrimitiveBoolean", { value: true }),
      quick: node("PrimitiveStringMultiline", { value: "quick" }),
      slow: node("PrimitiveStringMultiline", { value: "slow" }),
      choice: node("ComfySwitchNode", {
        switch: ["isFast", 0],
        on_true: ["quick", 0],
        on_false: ["slow", 0],
      }),
      pos: node("CLIPTextEncode", { text: ["choice", 0], clip: ["ckpt", 1] }),
    });
    expect(places(slots.prompt)).toEqual(["quick.value"]);
  });
});

describe("the output", () => {
  it("that saves comes before one that previews, and the one furthest down before the one in the middle", () => {
    expect(findSlots(controlledWithThreeOutputs).output.nodeId).toBe("saveLarge");
    const { saveLarge, ...rest } = controlledWithThreeOutputs;
    expect(findSlots({ saveLarge: saveLarge ?? node("", {}), ...rest }).output.nodeId).toBe("saveLarge");
  });

  it("of several equal ones is the last in the file", () => {
    const again = node("SaveImage", { images: ["decode", 0], filename_prefix: "again" });
    expect(findSlots({ ...sdxl, again }).output.nodeId).toBe("again");
  });

  it.each(["PreviewImage", "SaveImageWebsocket", "SaveImageAdvanced", "Image Save"])(
    "may be a %s",
    (classType) => {
      const { save: _save, ...rest } = sdxl;
      expect(findSlots({ ...rest, out: node(classType, { images: ["decode", 0] }) }).output).toMatchObject({
        nodeId: "out",
        classType,
        input: "images",
      });
    },
  );

  it("must be there", () => {
    const { save: _save, ...rest } = sdxl;
    expect(refusal(rest)).toMatchObject({
      code: "workflow_no_output",
      remedy: expect.stringContaining("SaveImage"),
    });
  });

  it("must come from a sampler", () => {
    const graph = {
      load: node("LoadImage", { image: "a.png" }),
      save: node("SaveImage", { images: ["load", 0] }),
    };
    expect(refusal(graph)).toMatchObject({ code: "workflow_no_sampler", field: "save" });
  });

  it("must come from a sampler with a prompt", () => {
    expect(refusal({ ...sdxl, pos: node("LotusConditioning", {}) })).toMatchObject({
      code: "workflow_no_prompt",
    });
  });

  it.each(["SaveVideo", "VHS_VideoCombine", "SaveWEBM", "SaveAnimatedWEBP", "SaveAnimatedPNG"])(
    "must not be a video (%s)",
    (classType) => {
      const { save: _save, ...rest } = sdxl;
      const graph = {
        ...rest,
        video: node(classType, { images: ["decode", 0] }),
        preview: node("PreviewImage", { images: ["decode", 0] }),
      };
      expect(refusal(graph)).toMatchObject({ code: "workflow_is_video", field: "video" });
    },
  );

  it("must not be the frames of a video", () => {
    const latent = node("EmptyHunyuanLatentVideo", { width: 848, height: 480, length: 73, batch_size: 1 });
    expect(refusal({ ...sdxl, latent })).toMatchObject({
      code: "workflow_is_video",
      field: "latent.inputs.length",
    });
  });
});
