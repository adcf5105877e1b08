import { nodeAt } from "@/server/workflow/graph";
import type { Graph } from "@/server/workflow/graph";

/** How a node is called in a sentence: its title with its class, `Load CLIP (CLIPLoader)`, or one of the two. */
export function nodeTitle(
  graph: Graph,
  nodeId: string | null | undefined,
  classType?: string | null,
): string {
  const node = nodeId == null ? undefined : nodeAt(graph, nodeId);
  const type = classType ?? node?.class_type ?? null;
  const title = node?._meta?.title?.trim();
  if (title && type && title !== type) return `"${title}" (${type})`;
  if (title ?? type) return `"${title ?? type}"`;
  return nodeId == null ? "a node" : `node ${nodeId}`;
}
