/** An input that takes another node's output. */
export type Link = readonly [nodeId: string, output: number];

export interface GraphNode {
  class_type: string;
  /** Each is a plain JSON value or a `Link`. */
  inputs: Record<string, unknown>;
  _meta?: {
    title?: string;
    /** Model files that it loads, where the workflow says what they are and where they come from. */
    models?: ModelSource[];
  };
}

/** Where a model file comes from, as a workflow tells it. */
export interface ModelSource {
  name: string;
  url: string;
  /** ComfyUI's folder below `models`, such as `loras`. */
  directory: string;
}

/** A workflow in ComfyUI's API format: nodes by their ids. */
export type Graph = Readonly<Record<string, GraphNode>>;

/** Whether a value is a link: exactly what ComfyUI itself takes for one, `["node id", output number]`. */
export function isLink(value: unknown): value is Link {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && Number.isInteger(value[1])
  );
}

/** The node of that id. Ids such as `constructor` are only found if the graph has them. */
export function nodeAt(graph: Graph, id: string): GraphNode | undefined {
  return Object.hasOwn(graph, id) ? graph[id] : undefined;
}

/** The link in that input, or null where it holds a value or nothing. */
export function linkAt(node: GraphNode, input: string): Link | null {
  const value = node.inputs[input];
  return isLink(value) ? value : null;
}

/** All links of a node with the names of their inputs. */
export function linksOf(node: GraphNode): { input: string; link: Link }[] {
  return Object.entries(node.inputs).flatMap(([input, link]) => (isLink(link) ? [{ input, link }] : []));
}

/**
 * The ids reached from `starts` (which are part of the answer) by following the links that `follow` names, each
 * once, nearest first. Without `follow` all links are followed.
 */
export function walkUpstream(
  graph: Graph,
  starts: Iterable<string>,
  follow: (node: GraphNode, id: string) => readonly Link[] = (node) => linksOf(node).map(({ link }) => link),
): Set<string> {
  const reached = new Set(starts);
  // A Set is iterated in the order of insertion, also over what is added meanwhile: it is its own queue.
  for (const id of reached) {
    const node = nodeAt(graph, id);
    if (node) for (const [source] of follow(node, id)) reached.add(source);
  }
  return reached;
}

/** How a node is called in a sentence: `node 8 (KSampler)`. */
export function describeNode(id: string, node: GraphNode): string {
  return `node ${id} (${node.class_type})`;
}
