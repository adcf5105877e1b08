interface NodeProgress {
  value: number;
  max: number;
  state: "running" | "finished";
}

/** How far each node of one run is, as `progress_state` tells it: nodes appear when they begin. */
export class ProgressBoard {
  readonly #nodes = new Map<string, NodeProgress>();

  constructor(readonly promptId: string) {}

  set(nodeId: string, progress: NodeProgress): void {
    this.#nodes.set(nodeId, progress);
  }

  /** A node is through: its bar is full, at the length it had. */
  finish(nodeId: string): void {
    const max = this.#nodes.get(nodeId)?.max ?? 1;
    this.#nodes.set(nodeId, { value: max, max, state: "finished" });
  }

  /** The data of a `progress_state` message. */
  data(): { prompt_id: string; nodes: Record<string, unknown> } {
    const nodes = Object.fromEntries(
      [...this.#nodes].map(([id, progress]) => [id, { ...progress, ...identity(id, this.promptId) }]),
    );
    return { prompt_id: this.promptId, nodes };
  }
}

function identity(id: string, promptId: string) {
  return { node_id: id, prompt_id: promptId, display_node_id: id, parent_node_id: null, real_node_id: id };
}
