import { describe, expect, it } from "vitest";

import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import type { Graph } from "@/server/workflow/graph";

import { at, danglingLinks, idsOf } from "./graph-shape";
import { controlledWithThreeOutputs, fluxGuided, imageToImage, node, sdxl, values } from "./sample-graphs";

function fill(graph: Graph, references: string[]) {
  return fillWorkflow(graph, findSlots(graph), { ...values, references });
}

describe("references", () => {
  it("each further one is a LoadImage, its scaling, a VAEEncode and a ReferenceLatent on BOTH conditionings", () => {
    const { graph } = fill(imageToImage, ["s/a.png", "s/b.png", "s/c.png"]);
    expect(idsOf(graph, "LoadImage").map((id) => at(graph, id).inputs["image"])).toEqual([
      "s/a.png",
      "s/b.png",
      "s/c.png",
    ]);
    expect(idsOf(graph, "ImageScaleToTotalPixels")).toHaveLength(3);
    expect(idsOf(graph, "VAEEncode")).toHaveLength(3);
    expect(idsOf(graph, "ReferenceLatent")).toHaveLength(6);
    for (const side of ["positive", "negative"])
      expect(chainOf(graph, side)).toEqual(["s/a.png", "s/b.png", "s/c.png"]);
  });

  it("none cuts the chain out: nothing is left of it, and nothing dangles", () => {
    const { graph, notes } = fill(imageToImage, []);
    for (const gone of [
      "LoadImage",
      "ImageScaleToTotalPixels",
      "VAEEncode",
      "ReferenceLatent",
      "GetImageSize",
    ]) {
      expect(idsOf(graph, gone)).toEqual([]);
    }
    expect(at(graph, "12").inputs).toMatchObject({ positive: ["4", 0], negative: ["5", 0] });
    expect(danglingLinks(graph)).toEqual([]);
    expect(notes).toEqual([]);
  });

  it("fewer than the workflow was saved with cut the rest of the chain out", () => {
    const three = fill(imageToImage, ["a.png", "b.png", "c.png"]).graph;
    const { graph } = fill(three, ["x.png"]);
    expect(chainOf(graph, "positive")).toEqual(["x.png"]);
    expect(chainOf(graph, "negative")).toEqual(["x.png"]);
    expect(idsOf(graph, "LoadImage")).toHaveLength(1);
  });

  it("more than the workflow can take are left out with a note", () => {
    const { graph, notes } = fill(controlledWithThreeOutputs, ["a.png", "b.png"]);
    expect(at(graph, "picture").inputs["image"]).toBe("a.png");
    expect(notes).toEqual(["The workflow takes at most 1 reference picture: 1 was left out."]);
  });

  it("are chained on the one conditioning of a graph without a negative, behind its guidance", () => {
    const graph = fill(oneSided, ["a.png", "b.png"]).graph;
    expect(idsOf(graph, "ReferenceLatent")).toHaveLength(2);
    expect(chainOf(graph, "conditioning")).toEqual(["a.png", "b.png"]);
  });

  it("never leave a sample picture of a LoadImage in the render", () => {
    expect(() => fill(controlledWithThreeOutputs, [])).toThrow(
      expect.objectContaining({ code: "workflow_needs_reference", field: "picture.inputs.image" }),
    );
    const two = {
      ...controlledWithThreeOutputs,
      other: node("LoadImage", { image: "other-sample.png" }),
      edges: node("ImageBlend", { image1: ["picture", 0], image2: ["other", 0], blend_factor: 0.5 }),
    };
    const { graph, notes } = fill(two, ["a.png"]);
    expect(JSON.stringify(graph)).not.toContain("sample.png");
    expect(notes).toEqual([
      "The workflow takes 1 more reference picture than there are: the last one was used again.",
    ]);
  });

  it("do not stay behind in the side of a switch that is off", () => {
    const { graph } = fill(
      {
        ...sdxl,
        picture: node("LoadImage", { image: "sample.png" }),
        encoded: node("VAEEncode", { pixels: ["picture", 0], vae: ["ckpt", 2] }),
        start: node("ComfySwitchNode", { switch: false, on_true: ["encoded", 0], on_false: ["latent", 0] }),
        sampler: node("KSampler", { ...sdxl["sampler"]?.inputs, latent_image: ["start", 0] }),
      },
      [],
    );
    expect(idsOf(graph, "LoadImage")).toEqual([]);
    expect(at(graph, "sampler").inputs["latent_image"]).toEqual(["latent", 0]);
  });
});

/** The pictures on one side of the guider, the one nearest the text first. */
function chainOf(graph: Graph, side: string): string[] {
  const guider = Object.values(graph).find(
    ({ inputs }) => inputs[side] !== undefined && inputs["model"] !== undefined,
  );
  const pictures: string[] = [];
  let current = linked(graph, guider?.inputs[side]);
  while (current?.class_type === "ReferenceLatent") {
    let source = linked(graph, current.inputs["latent"]);
    while (source && source.class_type !== "LoadImage")
      source = linked(graph, source.inputs["pixels"] ?? source.inputs["image"]);
    pictures.unshift(String(source?.inputs["image"]));
    current = linked(graph, current.inputs["conditioning"]);
  }
  return pictures;
}

function linked(graph: Graph, value: unknown) {
  return Array.isArray(value) ? graph[String(value[0])] : undefined;
}

/** Flux with a BasicGuider and one reference between guidance and guider. */
const oneSided: Graph = {
  ...fluxGuided,
  picture: node("LoadImage", { image: "sample.png" }),
  encoded: node("VAEEncode", { pixels: ["picture", 0], vae: ["vae", 0] }),
  applied: node("ReferenceLatent", { conditioning: ["guidance", 0], latent: ["encoded", 0] }),
  guider: node("BasicGuider", { model: ["shift", 0], conditioning: ["applied", 0] }),
};
