import type { Graph, GraphNode, ModelSource } from "../graph";
import { readModelSources } from "../parse-workflow";
import type { NodeInfo } from "../node-info";
import type { EditorFile, EditorNode } from "./editor-file";
import { NodeReader } from "./node-reader";
import { renumber } from "./renumber";
import { isActive, openScopes } from "./scope";
import type { Scope } from "./scope";
import { traceLink } from "./trace-link";
import { refuseScripted, virtualKind } from "./virtual-nodes";

/** Something that the user should know of a workflow that was read all the same. */
export interface WorkflowWarning {
  code: "unknown_class";
  message: string;
  nodeId: string;
  classType: string;
}

export interface ConvertedWorkflow {
  graph: Graph;
  warnings: WorkflowWarning[];
}

/** The classes whose definitions a conversion needs. */
export function classesOf(file: EditorFile): string[] {
  const all = [file.root, ...file.subgraphs.values()].flatMap(({ nodes }) => [...nodes.values()]);
  const classes = all.filter((node) => virtualKind(node) === null && !file.subgraphs.has(node.type));
  return [...new Set(classes.map((node) => node.type))];
}

/**
 * A workflow of the editor's own format in API format, equal to what ComfyUI's frontend exports
 * (`graphToPrompt`, frontend 1.45). `infos` has what the server says of each class; null or nothing for a class
 * that it does not know.
 * @throws WorkflowError `workflow_broken_link`, `workflow_cycle`, `workflow_too_large`, `workflow_needs_script`
 */
export function convertWorkflow(
  file: EditorFile,
  infos: ReadonlyMap<string, NodeInfo | null>,
): ConvertedWorkflow {
  const warnings: WorkflowWarning[] = [];
  const nodes = new NodeReader(infos);
  const entries = openScopes(renumber(file)).flatMap((scope) =>
    [...scope.graph.nodes.values()].flatMap((node): [string, GraphNode][] => {
      if (!isActive(node)) return [];
      refuseScripted(scope, node);
      if (virtualKind(node) !== null || scope.inside.has(node.id)) return [];
      const id = `${scope.prefix}${node.id}`;
      if (!nodes.info(node)) warnings.push(unknownClass(id, node));
      return [[id, convertNode(scope, node, nodes, file.models)]];
    }),
  );
  return { graph: withoutLooseEnds(Object.fromEntries(entries)), warnings };
}

function convertNode(
  scope: Scope,
  node: EditorNode,
  nodes: NodeReader,
  models: readonly ModelSource[],
): GraphNode {
  const inputs = new Map(nodes.fields(node));
  for (const input of node.inputs) {
    const source = input.link === null ? null : traceLink(scope, input.link, input.type, nodes);
    if (source?.kind === "node") inputs.set(input.name, [source.id, source.output]);
    if (source?.kind === "value") inputs.set(input.name, source.value);
  }
  const title = node.title ?? nodes.info(node)?.displayName ?? node.type;
  const values = new Set(inputs.values());
  const files = [...readModelSources(node.properties["models"]), ...models].filter(({ name }) =>
    values.has(name),
  );
  return {
    class_type: node.type,
    inputs: Object.fromEntries(inputs),
    _meta: { title, ...(files.length > 0 && { models: files }) },
  };
}

/** Inputs whose node did not come along are left out, as the editor does. */
function withoutLooseEnds(graph: Graph): Graph {
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [
      id,
      {
        ...node,
        inputs: Object.fromEntries(
          Object.entries(node.inputs).filter(
            ([, value]) =>
              !(Array.isArray(value) && value.length === 2 && !Object.hasOwn(graph, String(value[0]))),
          ),
        ),
      },
    ]),
  );
}

function unknownClass(nodeId: string, node: EditorNode): WorkflowWarning {
  return {
    code: "unknown_class",
    message: `The node "${node.type}" (${nodeId}) is not installed in ComfyUI: its settings may be incomplete.`,
    nodeId,
    classType: node.type,
  };
}
