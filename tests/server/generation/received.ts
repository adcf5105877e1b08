import { vi } from "vitest";
import type { DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import type { Graph, GraphNode } from "@/server/workflow/graph";
import { patience } from "./patience";

/** A prompt as the fake ComfyUI got it. */
export type Received = DemoComfyUI["prompts"][number];

/** The nodes of a class with their ids, whatever those are. */
export function nodesOf({ graph }: { graph: Graph }, classType: string): ({ id: string } & GraphNode)[] {
  return Object.entries(graph).flatMap(([id, node]) =>
    node.class_type === classType ? [{ id, ...node }] : [],
  );
}

/** The inputs of the only node of a class. */
export function inputsOf(prompt: { graph: Graph }, classType: string): Record<string, unknown> {
  const nodes = nodesOf(prompt, classType);
  if (nodes.length !== 1) throw new Error(`Expected one ${classType} in the graph, got ${nodes.length}.`);
  return nodes[0]!.inputs;
}

/** The text of the only prompt of a text-to-image graph. */
export const textOf = (prompt: { graph: Graph }) => inputsOf(prompt, "CLIPTextEncode").text;

/** The prompts that were received for a job, oldest first: SaveImage's prefix carries its id. */
export function promptsOf(comfy: DemoComfyUI, jobId: string): Received[] {
  return comfy.prompts.filter((prompt) => isOf(prompt, jobId));
}

export function isOf(prompt: { graph: Graph }, jobId: string): boolean {
  return nodesOf(prompt, "SaveImage").some(({ inputs }) =>
    String(inputs.filename_prefix).startsWith(`shotboard/${jobId}_`),
  );
}

/** Waits until the n-th prompt of a job (1 unless told) runs. */
export async function running(comfy: DemoComfyUI, jobId: string, n = 1): Promise<Received> {
  return vi.waitUntil(() => {
    const prompt = promptsOf(comfy, jobId)[n - 1];
    return prompt?.startedAt == null ? null : prompt;
  }, patience);
}
