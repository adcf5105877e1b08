import { describe, expect, it } from "vitest";

import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import { parseWorkflow } from "@/server/workflow/parse-workflow";

import { shapeFor } from "./graph-shape";
import { problemsOf } from "./node-definitions";
import { imageToImage, readFixture, readGraph, textToImage, values } from "./sample-graphs";

const recorded = {
  textToImage: parseWorkflow(JSON.stringify(readFixture("t2i-first.prompt.json"))),
  twoReferences: parseWorkflow(JSON.stringify(readFixture("i2i-two-refs-lora.prompt.json"))),
};

describe("the default workflows", () => {
  it.each(Object.values(DEFAULT_WORKFLOWS))(
    "%s has what a real ComfyUI asks of each of its nodes",
    (file) => {
      expect(problemsOf(readGraph(file))).toEqual([]);
    },
  );

  it.each([0, 1, 2, 4])("are accepted after filling with %i references and a LoRA", (count) => {
    const references = Array.from({ length: count }, () => "example.png");
    const lora = { file: "watercolor.safetensors", strength: 0.8 };
    for (const graph of [textToImage, imageToImage]) {
      const filled = fillWorkflow(graph, findSlots(graph), { ...values, references, lora });
      expect(problemsOf(filled.graph)).toEqual([]);
    }
  });

  it("text to image, filled, is what was recorded on a real ComfyUI, up to node ids", () => {
    const { graph, outputNodeId } = fillWorkflow(textToImage, findSlots(textToImage), {
      ...values,
      filenamePrefix: "z-image-turbo",
    });
    expect(shapeFor(graph, outputNodeId)).toEqual(shapeFor(recorded.textToImage, "9"));
  });

  it("image to image, filled with two references and a LoRA, is what was recorded, up to node ids", () => {
    const { graph, outputNodeId } = fillWorkflow(imageToImage, findSlots(imageToImage), {
      ...values,
      prompt: String(recorded.twoReferences["75:74"]?.inputs["text"]),
      seed: 1795486606754,
      steps: 4,
      cfg: 5,
      references: ["storyboard/char-a.png", "storyboard/char-a.png"],
      lora: { file: "watercolor.safetensors", strength: 0.8 },
      filenamePrefix: "Flux2-Klein-4b-base",
    });
    // The recording scaled its second reference by another method than its first.
    const scale = recorded.twoReferences["r2s"];
    if (scale) scale.inputs["upscale_method"] = "nearest-exact";
    expect(shapeFor(graph, outputNodeId)).toEqual(shapeFor(recorded.twoReferences, "9"));
  });
});
