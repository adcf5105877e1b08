import { linksOf, type Graph } from "@/server/workflow/graph";

/**
 * The order in which ComfyUI runs the nodes of a prompt: what is ready, and of that first what leads to a picture
 * soonest. Nodes whose results are cached when they are reached are left out with all that only they need.
 */
export class NodeOrder {
  /** In order of discovery: the tie-break. Values: how many unfinished nodes this one waits for. */
  readonly #waiting = new Map<string, number>();
  readonly #waitedForBy = new Map<string, Set<string>>();

  constructor(
    readonly graph: Graph,
    readonly isOutput: (id: string) => boolean,
    readonly isCached: (id: string) => boolean,
    outputs: readonly string[],
  ) {
    for (const id of outputs) this.#add(id);
  }

  /** The next node to run, or null when all are done. */
  next(): string | null {
    const ready = [...this.#waiting].flatMap(([id, count]) => (count === 0 ? [id] : []));
    const followers = (id: string) => [...(this.#waitedForBy.get(id) ?? [])];
    return (
      ready.find((id) => this.isOutput(id)) ??
      ready.find((id) => followers(id).some((next) => this.isOutput(next))) ??
      ready.find((id) => followers(id).some((next) => followers(next).some((last) => this.isOutput(last)))) ??
      ready[0] ??
      null
    );
  }

  done(id: string): void {
    this.#waiting.delete(id);
    for (const next of this.#waitedForBy.get(id) ?? [])
      this.#waiting.set(next, (this.#waiting.get(next) ?? 1) - 1);
    this.#waitedForBy.delete(id);
  }

  #add(output: string): void {
    const stack = [output];
    const links: [from: string, to: string][] = [];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (this.#waiting.has(id)) continue;
      this.#waiting.set(id, 0);
      this.#waitedForBy.set(id, new Set());
      const node = this.graph[id];
      for (const { link } of node ? linksOf(node) : []) {
        if (this.isCached(link[0])) continue;
        stack.push(link[0]);
        links.push([link[0], id]);
      }
    }
    for (const [from, to] of links) {
      const followers = this.#waitedForBy.get(from);
      if (!followers || followers.has(to)) continue;
      followers.add(to);
      this.#waiting.set(to, (this.#waiting.get(to) ?? 0) + 1);
    }
  }
}
