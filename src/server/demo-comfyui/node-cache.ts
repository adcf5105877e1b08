import { createHash } from "node:crypto";
import { isLink, type Graph } from "@/server/workflow/graph";
import type { NodeValue } from "./node-values";

/** One saved picture as `executed` and history name it. */
export interface SavedImage {
  filename: string;
  subfolder: string;
  type: "output" | "temp";
}

/** What a node made: its outputs, and what it shows (only output nodes do). */
export interface NodeResult {
  outputs: readonly NodeValue[];
  ui: { images: readonly SavedImage[] } | null;
}

/** Results of nodes by what they were made from. Like ComfyUI, it keeps only what the latest prompt can use. */
export class NodeCache {
  #results = new Map<string, NodeResult>();

  find(signature: string): NodeResult | undefined {
    return this.#results.get(signature);
  }

  keep(signature: string, result: NodeResult): void {
    this.#results.set(signature, result);
  }

  /** Forgets all results but those of the named signatures. */
  keepOnly(signatures: Iterable<string>): void {
    const wanted = new Set(signatures);
    this.#results = new Map([...this.#results].filter(([signature]) => wanted.has(signature)));
  }

  clear(): void {
    this.#results.clear();
  }
}

/**
 * What each node's result depends on, as one hash a node: its class, its values, the file behind an upload, and the
 * same of all nodes before it. Equal hashes mean equal results.
 */
export function signaturesOf(
  graph: Graph,
  fileHash: (name: string) => string | undefined,
  isBoundToId: (classType: string) => boolean,
): Map<string, string> {
  const signatures = new Map<string, string>();
  const visit = (id: string): string => {
    const known = signatures.get(id);
    if (known !== undefined) return known;
    const node = graph[id];
    if (!node) return "";
    // Meets itself only in a loop that no output needs: such nodes never run.
    signatures.set(id, "");
    const inputs = Object.entries(node.inputs)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, isLink(value) ? [visit(value[0]), value[1]] : value]);
    const file = node.class_type.startsWith("LoadImage") ? fileHash(String(node.inputs["image"])) : null;
    const own = isBoundToId(node.class_type) ? id : null;
    const text = JSON.stringify([node.class_type, own, file, inputs]);
    const signature = createHash("sha256").update(text).digest("base64url");
    signatures.set(id, signature);
    return signature;
  };
  for (const id of Object.keys(graph)) visit(id);
  return signatures;
}
