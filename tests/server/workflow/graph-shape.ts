import type { Graph } from "@/server/workflow/graph";
import { isLink, linksOf, nodeAt, walkUpstream } from "@/server/workflow/graph";

export function at(graph: Graph, id: string) {
  const node = nodeAt(graph, id);
  if (!node) throw new Error(`The graph has no node ${id}.`);
  return node;
}

export function idsOf(graph: Graph, classType: string): string[] {
  return Object.keys(graph).filter((id) => graph[id]?.class_type === classType);
}

/** Links to nodes that are not there, as `id.input`. */
export function danglingLinks(graph: Graph): string[] {
  return Object.entries(graph).flatMap(([id, node]) =>
    linksOf(node).flatMap(({ input, link }) => (nodeAt(graph, link[0]) ? [] : [`${id}.${input}`])),
  );
}

/**
 * What the graph does for that output, the same for graphs that differ only in ids, titles and nodes that the
 * output does not need: its nodes in the order they are reached, linked by their numbers in that order.
 */
export function shapeFor(graph: Graph, outputId: string): unknown[] {
  const order = [
    ...walkUpstream(graph, [outputId], (node) =>
      linksOf(node)
        .toSorted((a, b) => a.input.localeCompare(b.input))
        .map(({ link }) => link),
    ),
  ];
  return order.map((id) => {
    const { class_type: classType, inputs } = at(graph, id);
    const entries = Object.entries(inputs).toSorted(([a], [b]) => a.localeCompare(b));
    return [
      classType,
      entries.map(([input, value]) => [
        input,
        isLink(value) ? { node: order.indexOf(value[0]), output: value[1] } : value,
      ]),
    ];
  });
}

/** All of it frozen: writing to it throws. */
export function deepFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}
