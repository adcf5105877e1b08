import { findFile } from "@/lib/find-file";
import { nodeAt } from "@/server/workflow/graph";
import type { Graph, GraphNode } from "@/server/workflow/graph";
import type { InputInfo, NodeInfo } from "@/server/workflow/node-info";
import { checkValues } from "./check-values";
import type { ComfyClient } from "./comfy-client";
import { isModelFile } from "./model-folders";
import { missingFile, missingNode } from "./workflow-problem";
import type { WorkflowProblem } from "./workflow-problem";

/** A file that a user chose to be loaded on a server instead of one that it does not have. */
export interface FileChoice {
  classType: string;
  input: string;
  value: string;
  choice: string;
}

/** A file name that the server spells otherwise, has in another subfolder of the same kind, or that was chosen. */
export interface Replacement {
  nodeId: string;
  classType: string;
  input: string;
  from: string;
  to: string;
  isChosen: boolean;
}

export interface WorkflowCheck {
  problems: WorkflowProblem[];
  replacements: Replacement[];
}

interface CheckOptions {
  choices?: readonly FileChoice[];
  signal?: AbortSignal;
}

/**
 * Asks the server for the node classes a graph uses, in parallel, and compares. Pictures to load are not checked:
 * they are uploaded for each job. Throws what `nodeInfo` throws, so an unreachable server is not "no problems".
 * @param choices what was chosen for files that this server does not have
 */
export async function checkWorkflow(
  client: ComfyClient,
  graph: Graph,
  { choices = [], signal }: CheckOptions = {},
): Promise<WorkflowCheck> {
  return compareWithServer(graph, await askNodeInfos(client, graph, signal), choices);
}

/**
 * As `checkWorkflow`, with what the server told of the classes. What lacks something is asked once more without what
 * is remembered, which may be a minute old: the user may just have put the file there.
 */
export async function checkAfresh(
  client: ComfyClient,
  graph: Graph,
  { choices = [], signal }: CheckOptions = {},
): Promise<WorkflowCheck & { infos: ReadonlyMap<string, NodeInfo | null> }> {
  const ask = async () => {
    const infos = await askNodeInfos(client, graph, signal);
    return { infos, ...compareWithServer(graph, infos, choices) };
  };
  const check = await ask();
  if (check.problems.length === 0) return check;
  client.forgetNodeInfo();
  return ask();
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
function compareWithServer(
  graph: Graph,
  infos: ReadonlyMap<string, NodeInfo | null>,
  choices: readonly FileChoice[] = [],
): WorkflowCheck {
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
      if (!found || typeof value !== "string" || !isFileOf(node, found, value)) continue;
      const names = found.choices ?? [];
      if (names.includes(value)) continue;
      const { classType, to, isChosen } = replacementFor(node.class_type, found, value, choices);
      if (to !== null) replacements.push({ nodeId, classType, input, from: value, to, isChosen });
      else problems.push(missingFile(nodeId, node, input, value, names));
    }
    problems.push(...checkValues(nodeId, node, info));
  }
  return { problems, replacements };
}

/** Whether an input names a model file that the server lists. */
const isFileOf = (node: GraphNode, input: InputInfo, value: string): boolean =>
  input.choices !== null && !input.isUpload && isModelFile(node.class_type, input.name, value);

/** The chosen name where the server still has it; else the server's own spelling, if it has such a file. */
function replacementFor(classType: string, input: InputInfo, value: string, choices: readonly FileChoice[]) {
  const names = input.choices ?? [];
  const chosen = choices.find(
    (one) => one.classType === classType && one.input === input.name && one.value === value,
  );
  if (chosen && names.includes(chosen.choice)) return { classType, to: chosen.choice, isChosen: true };
  return { classType, to: findFile(value, names), isChosen: false };
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
