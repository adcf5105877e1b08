import { describe, expect, it } from "vitest";
import { parseMessage } from "@/server/comfyui/messages";
import type { ComfyMessage } from "@/server/comfyui/messages";
import { nodeRole } from "@/server/comfyui/node-roles";
import { advanceProgress, startProgress } from "@/server/comfyui/progress";
import type { ProgressState } from "@/server/comfyui/progress";
import type { Graph } from "@/server/workflow/graph";
import { graph } from "./quick";
import { readTrace, wireForm } from "./traces";

function message(type: string, data: object): ComfyMessage {
  const parsed = parseMessage(JSON.stringify({ type, data: { prompt_id: "p", ...data } }));
  if (!parsed) throw new Error(`Expected ${type} to be understood.`);
  return parsed;
}

function run(of: Graph, messages: [type: string, data: object][]): ProgressState[] {
  let state = startProgress(of);
  return messages.map(([type, data]) => (state = advanceProgress(state, message(type, data))));
}

describe("progress", () => {
  it("tells the steps of a recorded image in order", () => {
    const trace = readTrace("t2i-preview-metadata");
    let state = startProgress(trace.graph);
    const steps: string[] = [];
    for (const recorded of trace.messages) {
      const wire = wireForm(recorded);
      const parsed = typeof wire === "string" ? parseMessage(wire) : null;
      if (parsed) state = advanceProgress(state, parsed);
      if (steps.at(-1) !== state.step) steps.push(state.step);
    }
    expect(steps).toEqual([
      "waiting in ComfyUI",
      "starting",
      "loading model",
      "working",
      "loading model",
      "reading the prompt",
      "working",
      "loading model",
      "working",
      "preparing to sample",
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((step) => `sampling ${step}/8`),
      "decoding",
      "saving",
      "finishing",
    ]);
    expect(state.percent).toBe(99);
  });

  it("comes out the same from progress alone, as older servers send it", () => {
    const states = run(graph, [
      ["execution_start", {}],
      ["executing", { node: "1" }],
      ["executing", { node: "3" }],
      ["progress", { node: "3", value: 4, max: 8 }],
      ["executing", { node: "8" }],
    ]);
    expect(states.map(({ step, phase }) => [step, phase])).toEqual([
      ["starting", "loading"],
      ["loading model", "loading"],
      ["preparing to sample", "loading"],
      ["sampling 4/8", "sampling"],
      ["decoding", "sampling"],
    ]);
    // The sampler has the largest share: half of it done is about half of the image.
    expect(states[3]?.percent).toBeGreaterThan(40);
    expect(states[3]?.percent).toBeLessThan(60);
  });

  it("counts what comes from cache as not part of the work", () => {
    const [, cached] = run(graph, [
      ["execution_start", {}],
      ["execution_cached", { nodes: ["1", "3"] }],
    ]);
    expect(cached?.percent).toBe(0);
    const states = run(graph, [
      ["execution_cached", { nodes: ["1", "3", "8"] }],
      ["executed", { node: "9", output: null }],
    ]);
    expect(states.at(-1)?.percent).toBe(99);
  });

  it("says which of several samplers runs, and does not fall when the second begins", () => {
    const two: Graph = { ...graph, "4": { class_type: "KSamplerAdvanced", inputs: {} } };
    const states = run(two, [
      ["progress", { node: "3", value: 8, max: 8 }],
      ["executing", { node: "4" }],
      ["progress", { node: "4", value: 1, max: 4 }],
    ]);
    expect(states.map(({ step }) => step)).toEqual([
      "sampling 8/8 (1 of 2)",
      "preparing to sample",
      "sampling 1/4 (2 of 2)",
    ]);
    expect(states[2]?.percent).toBeGreaterThan(states[0]?.percent ?? 100);
  });

  it("does not fall when a sampler counts anew, as for each tile", () => {
    const states = run(graph, [
      ["progress", { node: "3", value: 8, max: 8 }],
      ["progress", { node: "3", value: 1, max: 8 }],
    ]);
    expect(states[1]).toMatchObject({ step: "sampling 1/8", percent: states[0]?.percent });
  });

  it("shows the node of ours for nodes it was expanded into", () => {
    const nodes = { "3.0.0.1": { state: "running", value: 2, max: 8, display_node_id: "3" } };
    expect(run(graph, [["progress_state", { nodes }]])[0]?.step).toBe("sampling 2/8");
  });

  it("keeps its percent when the prompt fails", () => {
    const states = run(graph, [
      ["progress", { node: "3", value: 4, max: 8 }],
      ["execution_error", { node_id: "3" }],
      ["executing", { node: null }],
    ]);
    expect(states[2]).toMatchObject({ phase: "over", percent: states[0]?.percent });
  });

  it("leaves the state it was given as it is", () => {
    const before = startProgress(graph);
    advanceProgress(before, message("progress", { node: "3", value: 4, max: 8 }));
    expect(before).toEqual(startProgress(graph));
  });
});

describe("a node's role", () => {
  it.each([
    ["KSampler", "sample"],
    ["SamplerCustomAdvanced", "sample"],
    ["KSampler (Efficient)", "sample"],
    ["KSamplerSelect", "other"],
    ["SamplerEulerAncestral", "other"],
    ["ModelSamplingAuraFlow", "other"],
    ["UNETLoader", "load"],
    ["LoadImage", "prepare"],
    ["VAEEncode", "prepare"],
    ["CLIPTextEncode", "text"],
    ["VAEDecodeTiled", "decode"],
    ["ImageUpscaleWithModel", "upscale"],
    ["SaveImage", "save"],
  ])("%s: %s", (classType, role) => {
    expect(nodeRole(classType)).toBe(role);
  });
});
