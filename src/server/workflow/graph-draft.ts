import type { Graph, GraphNode, Link } from "./graph";
import { isLink, linksOf, walkUpstream } from "./graph";
import { WorkflowError } from "./workflow-error";

/** A copy of a graph that may be changed; the graph itself never is. */
export class GraphDraft {
  readonly #nodes: Map<string, GraphNode>;

  constructor(graph: Graph) {
    this.#nodes = new Map(Object.entries(graph).map(([id, node]) => [id, copyNode(node)]));
  }

  /** The node of that id, which must exist: slots that name another graph's nodes are `workflow_slots_outdated`. */
  node(id: string): GraphNode {
    const node = this.#nodes.get(id);
    if (node) return node;
    throw new WorkflowError(
      "workflow_slots_outdated",
      `The workflow has no node ${id}: it was changed after its inputs were found.`,
      { field: id, remedy: "Load the workflow again." },
    );
  }

  entries(): [string, GraphNode][] {
    return [...this.#nodes];
  }

  setInput(id: string, input: string, value: unknown): void {
    this.node(id).inputs[input] = value;
  }

  removeInput(id: string, input: string): void {
    const { [input]: _, ...others } = this.node(id).inputs;
    this.node(id).inputs = others;
  }

  /** Adds a node under that id, or, if it is taken, under the id with a number behind it. Answers the id. */
  add(wantedId: string, node: GraphNode): string {
    let id = wantedId;
    for (let number = 2; this.#nodes.has(id); number++) id = `${wantedId}-${number}`;
    this.#nodes.set(id, copyNode(node));
    return id;
  }

  /** Everything that took `from` takes `to` instead, but for the nodes in `except`. */
  relink(from: Link, to: Link, except: readonly string[] = []): void {
    for (const [id, node] of this.#nodes) {
      if (except.includes(id)) continue;
      for (const { input, link } of linksOf(node)) {
        if (link[0] === from[0] && link[1] === from[1]) node.inputs = { ...node.inputs, [input]: to };
      }
    }
  }

  /** Takes out every node that the given one does not need. */
  keepOnlyWhatNeeds(id: string): void {
    const needed = walkUpstream(this.toView(), [id]);
    for (const other of this.#nodes.keys()) if (!needed.has(other)) this.#nodes.delete(other);
  }

  /** The nodes as they are now; only for reading, and only until the next change. */
  toView(): Graph {
    return Object.fromEntries(this.#nodes);
  }

  /** A graph of its own, sharing nothing with this draft or with the graph it was made from. */
  toGraph(): Graph {
    return Object.fromEntries([...this.#nodes].map(([id, node]) => [id, copyNode(node)]));
  }
}

function copyNode(node: GraphNode): GraphNode {
  const inputs = Object.entries(node.inputs).map(([input, value]) => [input, copyValue(value)]);
  return {
    class_type: node.class_type,
    inputs: Object.fromEntries(inputs),
    ...(node._meta ? { _meta: { ...node._meta } } : {}),
  };
}

function copyValue(value: unknown): unknown {
  if (isLink(value)) return [...value];
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}
