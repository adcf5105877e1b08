import { findFile } from "@/lib/find-file";
import { nodeAt } from "@/server/workflow/graph";
import type { Graph } from "@/server/workflow/graph";
import type { ComfyClient } from "./comfy-client";
import { isModelFile, missingFileRemedy, missingNodeRemedy, modelFolder } from "./model-folders";
import type { NodeInfo } from "@/server/workflow/node-info";

/** Something a workflow needs and a server does not have. */
export interface WorkflowProblem {
  code: "missing_file" | "missing_node_type";
  /** One sentence for the user. */
  message: string;
  remedy: string;
  nodeId: string;
  classType: string;
  /** The input that names the file, the name, and the folder of ComfyUI it belongs in, where known. */
  input: string | null;
  value: string | null;
  folder: string | null;
}

/** A file name that the server spells otherwise, or has in another subfolder of the same kind. */
export interface Replacement {
  nodeId: string;
  input: string;
  from: string;
  to: string;
}

export interface WorkflowCheck {
  problems: WorkflowProblem[];
  replacements: Replacement[];
}

/**
 * Asks the server for the node classes a graph uses, in parallel, and compares. Pictures to load are not checked:
 * they are uploaded for each job. Throws what `nodeInfo` throws, so an unreachable server is not "no problems".
 */
export async function checkWorkflow(
  client: ComfyClient,
  graph: Graph,
  signal?: AbortSignal,
): Promise<WorkflowCheck> {
  return compareWithServer(graph, await askNodeInfos(client, graph, signal));
}

/** What the server knows of each class in a graph; null for one that is not installed. */
export async function askNodeInfos(
  client: ComfyClient,
  graph: Graph,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, NodeInfo | null>> {
  const classTypes = [...new Set(Object.values(graph).map((node) => node.class_type))];
  const infos = await Promise.all(
    classTypes.map(async (classType) => [classType, await client.nodeInfo(classType, signal)] as const),
  );
  return new Map(infos);
}

/** The comparison itself: `infos` has null for a class that is not installed. */
export function compareWithServer(graph: Graph, infos: ReadonlyMap<string, NodeInfo | null>): WorkflowCheck {
  const problems: WorkflowProblem[] = [];
  const replacements: Replacement[] = [];
  for (const [nodeId, node] of Object.entries(graph)) {
    const info = infos.get(node.class_type);
    if (info === undefined) continue;
    if (info === null) {
      problems.push(missingNode(nodeId, node.class_type));
      continue;
    }
    for (const [input, value] of Object.entries(node.inputs)) {
      const found = Object.hasOwn(info.inputs, input) ? info.inputs[input] : undefined;
      if (!found?.choices || found.isUpload || typeof value !== "string" || found.choices.includes(value))
        continue;
      if (!isModelFile(node.class_type, input, value)) continue;
      const to = findFile(value, found.choices);
      if (to !== null) replacements.push({ nodeId, input, from: value, to });
      else problems.push(missingFile(nodeId, node.class_type, input, value));
    }
  }
  return { problems, replacements };
}

/** The graph with the server's own spellings; the one given is left as it is. */
export function applyReplacements(graph: Graph, replacements: readonly Replacement[]): Graph {
  const changed = { ...graph };
  for (const { nodeId, input, from, to } of replacements) {
    const node = nodeAt(changed, nodeId);
    if (node?.inputs[input] === from) changed[nodeId] = { ...node, inputs: { ...node.inputs, [input]: to } };
  }
  return changed;
}

function missingNode(nodeId: string, classType: string): WorkflowProblem {
  return {
    code: "missing_node_type",
    message: `The workflow needs the node "${classType}", which is not installed in ComfyUI.`,
    remedy: missingNodeRemedy,
    nodeId,
    classType,
    input: null,
    value: null,
    folder: null,
  };
}

function missingFile(nodeId: string, classType: string, input: string, value: string): WorkflowProblem {
  const folder = modelFolder(classType, input);
  return {
    code: "missing_file",
    message: `ComfyUI does not have the file "${value}" that the workflow's ${classType} loads.`,
    remedy: missingFileRemedy(value, folder, classType),
    nodeId,
    classType,
    input,
    value,
    folder,
  };
}
