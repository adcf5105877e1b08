import { createHash } from "node:crypto";

import type { Graph } from "./graph";

/**
 * SHA-256 (hex) of what a workflow does: ids, classes and inputs. The order of nodes and inputs, the layout of the
 * file and titles do not count.
 */
export function hashWorkflow(graph: Graph): string {
  const nodes = Object.entries(graph).map(([id, node]) => [id, [node.class_type, node.inputs]] as const);
  return createHash("sha256")
    .update(canonicalJson(Object.fromEntries(nodes)))
    .digest("hex");
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(",")}}`;
}
