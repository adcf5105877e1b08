import { WorkflowError } from "../workflow-error";
import type { EditorFile, EditorGraph, EditorNode } from "./editor-file";

/** One use of a canvas: the workflow's own, or a subgraph as one of its instances has it. */
export interface Scope {
  graph: EditorGraph;
  /** Of the instances that it is inside of, each with a colon: `57:30:`. */
  prefix: string;
  /** The instance, and where that stands; null for the workflow's own canvas. */
  outside: { scope: Scope; node: EditorNode } | null;
  /** The subgraphs inside, by their instances' ids. */
  inside: Map<string, Scope>;
}

/** What a node does when the workflow runs, as the editor's numbers have it. */
export const MUTED = 2;
export const BYPASSED = 4;

export const isActive = (node: EditorNode): boolean => node.mode !== MUTED && node.mode !== BYPASSED;

/** The most nodes that are looked at, those of each instance of a subgraph counted. */
const MAX_NODES = 20_000;

/** The canvases of a workflow with all instances of its subgraphs, outermost first. */
export function openScopes(file: EditorFile): Scope[] {
  const root: Scope = { graph: file.root, prefix: "", outside: null, inside: new Map() };
  const scopes = [root];
  let nodes = 0;
  for (const scope of scopes) {
    nodes += scope.graph.nodes.size;
    if (nodes > MAX_NODES) {
      throw new WorkflowError(
        "workflow_too_large",
        `A workflow may have up to ${MAX_NODES} nodes, subgraphs counted each time they are used; this one has more.`,
      );
    }
    for (const node of scope.graph.nodes.values()) {
      const graph = file.subgraphs.get(node.type);
      // A subgraph that is off is left closed, but inside of another the editor opens it all the same.
      if (!graph || (scope === root && !isActive(node))) continue;
      refuseNesting(scope, graph, node);
      const inside: Scope = {
        graph,
        prefix: `${scope.prefix}${node.id}:`,
        outside: { scope, node },
        inside: new Map(),
      };
      scope.inside.set(node.id, inside);
      scopes.push(inside);
    }
  }
  return scopes;
}

function refuseNesting(scope: Scope, graph: EditorGraph, node: EditorNode): void {
  for (let at: Scope | null = scope; at; at = at.outside?.scope ?? null) {
    if (at.graph !== graph) continue;
    throw new WorkflowError(
      "workflow_cycle",
      `The subgraph "${node.title ?? node.type}" (node ${scope.prefix}${node.id}) contains itself.`,
      {
        field: `${scope.prefix}${node.id}`,
        remedy: "Take it out of itself in ComfyUI and save the workflow again.",
      },
    );
  }
}
