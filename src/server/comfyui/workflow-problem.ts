import { nearestNames } from "@/lib/nearest-names";
import type { GraphNode } from "@/server/workflow/graph";
import { missingFileRemedy, missingNodeRemedy, modelFolder } from "./model-folders";

/** Something a workflow needs and a server does not have, or does not take. */
export interface WorkflowProblem {
  code: "missing_file" | "missing_node_type" | "value_not_allowed" | "input_missing";
  /** One sentence for the user. */
  message: string;
  remedy: string;
  nodeId: string;
  classType: string;
  /** The input at fault, what it holds, and the folder of ComfyUI a file belongs in, where known. */
  input: string | null;
  value: string | null;
  folder: string | null;
  /** The names most like it that the server has, best first. */
  nearest: string[];
  /** Where the workflow says that the file can be downloaded. */
  download: string | null;
}

/** What only a problem of a value or a file has. */
const NO_VALUE = { value: null, folder: null, nearest: [], download: null };

export function missingNode(nodeId: string, classType: string): WorkflowProblem {
  return {
    code: "missing_node_type",
    message: `The workflow needs the node "${classType}", which is not installed in ComfyUI.`,
    remedy: missingNodeRemedy,
    nodeId,
    classType,
    input: null,
    ...NO_VALUE,
  };
}

/** @param names what the server has for that input */
export function missingFile(
  nodeId: string,
  node: GraphNode,
  input: string,
  value: string,
  names: readonly string[],
): WorkflowProblem {
  const { class_type: classType } = node;
  const source = node._meta?.models?.find(({ name }) => name === value);
  const download = source && isWebAddress(source.url) ? source.url : null;
  const folder = modelFolder(classType, input) ?? (source ? `models/${source.directory}` : null);
  const nearest = nearestNames(value, names);
  return {
    code: "missing_file",
    message: `ComfyUI does not have the file "${value}" that the workflow's ${classType} loads.`,
    remedy: missingFileRemedy(value, folder, classType, {
      nearest: nearest[0],
      download: download ?? undefined,
      isLora: /lora/i.test(input),
    }),
    nodeId,
    classType,
    input,
    value,
    folder,
    nearest,
    download,
  };
}

/** A workflow comes from anywhere: an address in it becomes a link only where it is one of the web. */
const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** @param expected what the input takes, as the end of "expected …" */
export function badValue(
  nodeId: string,
  classType: string,
  input: string,
  value: unknown,
  { expected, nearest }: { expected: string; nearest: string[] },
): WorkflowProblem {
  return {
    code: "value_not_allowed",
    message: `ComfyUI does not take ${JSON.stringify(value)} as ${input} of the workflow's ${classType}: expected ${expected}.`,
    remedy: "Correct it in ComfyUI and give the model the workflow again.",
    nodeId,
    classType,
    input,
    value: String(value),
    folder: null,
    nearest,
    download: null,
  };
}

export function missingInput(nodeId: string, classType: string, input: string): WorkflowProblem {
  return {
    code: "input_missing",
    message: `The workflow's ${classType} (node ${nodeId}) has nothing at its input ${input}, which it needs.`,
    remedy: "Connect that input in ComfyUI and give the model the workflow again.",
    nodeId,
    classType,
    input,
    ...NO_VALUE,
  };
}
