import type { Graph, GraphNode, Link } from "./graph";
import { isLink, linkAt, nodeAt } from "./graph";

/**
 * The graph with its detours taken out of the way, node ids unchanged: what is linked to a switch whose position
 * is fixed takes the chosen side directly, and what is linked to a SaveImage or PreviewImage takes that node's
 * picture. The nodes themselves stay; the given graph is not changed.
 */
export function simplifyGraph(graph: Graph): Graph {
  const shortcuts = new Map<string, unknown>();
  for (const [id, node] of Object.entries(graph)) {
    const shortcut = shortcutPast(graph, node);
    if (shortcut !== undefined) shortcuts.set(id, shortcut);
  }
  if (shortcuts.size === 0) return graph;
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [id, { ...node, inputs: rewire(node.inputs, shortcuts) }]),
  );
}

function rewire(inputs: Record<string, unknown>, shortcuts: Map<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([input, value]) => {
      let target = value;
      // Ends because a graph has no cycles: each shortcut leads further up.
      while (isLink(target) && target[1] === 0 && shortcuts.has(target[0])) target = shortcuts.get(target[0]);
      return [input, target];
    }),
  );
}

/** What stands for output 0 of a node that only passes something on; undefined for any other node. */
function shortcutPast(graph: Graph, node: GraphNode): unknown {
  if (node.class_type === "SaveImage" || node.class_type === "PreviewImage") {
    return linkAt(node, "images") ?? undefined;
  }
  const { on_true: onTrue, on_false: onFalse } = node.inputs;
  if (onTrue === undefined || onFalse === undefined) return undefined;
  const position = booleanOf(graph, node.inputs["switch"]);
  return position === null ? undefined : position ? onTrue : onFalse;
}

function booleanOf(graph: Graph, value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const held = isLink(value) ? primitiveAt(graph, value) : undefined;
  return typeof held === "boolean" ? held : null;
}

/** The value of a primitive node (PrimitiveInt, PrimitiveBoolean …) that a link leads to. */
export function primitiveAt(graph: Graph, link: Link): unknown {
  return nodeAt(graph, link[0])?.inputs["value"];
}
