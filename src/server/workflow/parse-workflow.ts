import { checkLinks } from "./check-links";
import type { Graph, GraphNode, ModelSource } from "./graph";
import { WorkflowError } from "./workflow-error";

/** The largest workflow file that is read, in bytes. */
export const MAX_WORKFLOW_BYTES = 10 * 1024 * 1024;
const MAX_NODES = 5_000;
const MAX_VALUE_DEPTH = 50;

const EXPORT_REMEDY =
  'Open the workflow in ComfyUI and export it in API format (menu Workflow, "Export (API)"), then use that file.';

/**
 * Reads a workflow in ComfyUI's API format. Titles are kept, other notes of the editor are dropped.
 * Throws `WorkflowError`: `workflow_too_large`, `workflow_not_json`, `workflow_not_api_format` (also for the format
 * that the editor saves), `workflow_broken_link`, `workflow_cycle`; `field` is the place.
 */
export function parseWorkflow(text: string): Graph {
  return readApiGraph(parseJson(text));
}

/** The graph of a value in API format. Throws as `parseWorkflow` does. */
export function readApiGraph(value: unknown): Graph {
  const entries = readNodes(value);
  if (entries.length > MAX_NODES) {
    throw new WorkflowError(
      "workflow_too_large",
      `A workflow may have up to ${MAX_NODES} nodes; this one has ${entries.length}.`,
    );
  }
  // fromEntries defines properties instead of assigning them: a node called __proto__ is a node like any other.
  const graph: Graph = Object.fromEntries(entries);
  checkLinks(graph);
  return graph;
}

/** The value of a workflow's text. Throws `workflow_too_large`, `workflow_not_json`. */
export function parseJson(text: string): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_WORKFLOW_BYTES) {
    throw new WorkflowError(
      "workflow_too_large",
      `A workflow may have up to ${MAX_WORKFLOW_BYTES / 1024 / 1024} MB; this one has ${(bytes / 1024 / 1024).toFixed(1)} MB.`,
    );
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new WorkflowError("workflow_not_json", "The workflow is not valid JSON.", {
      remedy: EXPORT_REMEDY,
      cause,
    });
  }
}

function readNodes(value: unknown): [string, GraphNode][] {
  if (!isRecord(value)) {
    const came = Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
    throw notApiFormat(`A workflow is an object of nodes; this file holds ${came}.`, null);
  }
  if (Array.isArray(value["nodes"])) {
    throw notApiFormat(
      "This workflow is in the format that ComfyUI's editor saves; the API format is needed.",
      "nodes",
    );
  }
  const entries = Object.entries(value);
  if (entries.length === 0) throw notApiFormat("The workflow has no nodes.", null);
  return entries.map(([id, node]) => [id, readNode(id, node)]);
}

function readNode(id: string, value: unknown): GraphNode {
  if (!isRecord(value)) throw notApiFormat(`Node ${id} is not an object.`, id);
  const { class_type: classType, inputs, _meta: meta } = value;
  if (typeof classType !== "string" || classType === "") {
    throw notApiFormat(`Node ${id} has no class_type.`, `${id}.class_type`);
  }
  if (!isRecord(inputs)) throw notApiFormat(`Node ${id} (${classType}) has no inputs.`, `${id}.inputs`);
  for (const [input, held] of Object.entries(inputs)) {
    if (isDeeperThan(held, MAX_VALUE_DEPTH)) {
      throw notApiFormat(
        `Input ${input} of node ${id} (${classType}) is nested too deeply.`,
        `${id}.inputs.${input}`,
      );
    }
  }
  return { class_type: classType, inputs, ...(isRecord(meta) ? { _meta: readMeta(meta) } : {}) };
}

function readMeta({ title, models }: Record<string, unknown>): NonNullable<GraphNode["_meta"]> {
  const sources = readModelSources(models);
  return {
    ...(typeof title === "string" && { title }),
    ...(sources.length > 0 && { models: sources }),
  };
}

/** Model files with their download addresses; what is no such thing is left out. */
export function readModelSources(value: unknown): ModelSource[] {
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    if (!isRecord(one)) return [];
    const { name, url, directory } = one;
    const isWhole = typeof name === "string" && typeof url === "string" && typeof directory === "string";
    return isWhole && url.startsWith("https://") ? [{ name, url, directory }] : [];
  });
}

function notApiFormat(message: string, field: string | null): WorkflowError {
  return new WorkflowError("workflow_not_api_format", message, { field, remedy: EXPORT_REMEDY });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deep values are refused here so that everything behind may recurse over them. */
function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}
