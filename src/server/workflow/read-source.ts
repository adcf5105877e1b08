import { classesOf, convertWorkflow } from "./convert/convert-workflow";
import type { ConvertedWorkflow } from "./convert/convert-workflow";
import { isEditorFile, readEditorFile } from "./convert/editor-file";
import type { EditorFile } from "./convert/editor-file";
import type { NodeInfo } from "./node-info";
import { parseJson, readApiGraph } from "./parse-workflow";
import type { Graph } from "./graph";

/** A workflow as it came: in API format, or in the editor's own, which needs the definitions of its classes. */
export type WorkflowSource =
  | { format: "api"; graph: Graph }
  | { format: "editor"; file: EditorFile; classes: string[] };

/**
 * Reads a workflow's text in either of ComfyUI's formats, told apart by content.
 * @throws WorkflowError with the place
 */
export function readSource(text: string): WorkflowSource {
  const value = parseJson(text);
  if (!isEditorFile(value)) return { format: "api", graph: readApiGraph(value) };
  const file = readEditorFile(value);
  return { format: "editor", file, classes: classesOf(file) };
}

/**
 * The graph in API format.
 * @param infos what the server says of each of the source's classes
 * @throws WorkflowError
 */
export function toGraph(
  source: WorkflowSource,
  infos: ReadonlyMap<string, NodeInfo | null>,
): ConvertedWorkflow {
  if (source.format === "api") return { graph: source.graph, warnings: [] };
  const { graph, warnings } = convertWorkflow(source.file, infos);
  return { graph: readApiGraph(graph), warnings };
}
