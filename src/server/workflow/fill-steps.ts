import type { GraphNode } from "./graph";
import { linkAt } from "./graph";
import type { GraphDraft } from "./graph-draft";
import type { SlotRef } from "./slots";

/**
 * Sets the steps. Where the graph divides them between samplers (`start_at_step`, `end_at_step`, SplitSigmas), the
 * division moves along, so that each keeps its share.
 */
export function fillSteps(draft: GraphDraft, places: readonly SlotRef[], steps: number): string[] {
  for (const { nodeId, input } of places) {
    const before = draft.node(nodeId).inputs[input];
    draft.setInput(nodeId, input, steps);
    if (typeof before !== "number" || before <= 0 || before === steps) continue;
    for (const [id, node] of draft.entries()) {
      for (const divider of dividersOf(id, node, nodeId)) {
        const at = node.inputs[divider];
        // A number behind the last step means "to the end" and stays.
        if (typeof at !== "number" || at >= before) continue;
        draft.setInput(id, divider, Math.round((at * steps) / before));
      }
    }
  }
  return places.length > 0 ? [] : [`The workflow has no steps: ${steps} was left out.`];
}

function dividersOf(id: string, node: GraphNode, stepsNode: string): string[] {
  if (id === stepsNode) return ["start_at_step", "end_at_step"];
  return linkAt(node, "sigmas")?.[0] === stepsNode ? ["step"] : [];
}
