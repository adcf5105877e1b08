import type { EditorFile, EditorGraph } from "./editor-file";

/**
 * Gives nodes of subgraphs new ids where theirs are taken by the workflow or by an earlier subgraph, as the editor
 * does when it opens a file: the ids of an export are these. After `deduplicateSubgraphNodeIds` (frontend,
 * src/lib/litegraph/src/subgraph).
 */
export function renumber(file: EditorFile): EditorFile {
  const used = new Set(file.root.nodes.keys());
  let last = file.lastNodeId;
  const subgraphs = [...file.subgraphs].map(([id, graph]) => {
    const renamed = new Map<string, string>();
    for (const node of graph.nodes.keys()) {
      if (!/^\d+$/.test(node)) continue;
      if (used.has(node)) {
        do last++;
        while (used.has(String(last)));
        renamed.set(node, String(last));
      } else last = Math.max(last, Number(node));
      used.add(renamed.get(node) ?? node);
    }
    return [id, renamed.size > 0 ? rename(graph, renamed) : graph] as const;
  });
  return { ...file, subgraphs: new Map(subgraphs) };
}

function rename(graph: EditorGraph, renamed: ReadonlyMap<string, string>): EditorGraph {
  const now = (id: string) => renamed.get(id) ?? id;
  return {
    ...graph,
    nodes: new Map([...graph.nodes].map(([id, node]) => [now(id), { ...node, id: now(id) }])),
    links: new Map(
      [...graph.links].map(([id, link]) => [
        id,
        { ...link, origin: now(link.origin), target: now(link.target) },
      ]),
    ),
  };
}
