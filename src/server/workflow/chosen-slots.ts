import type { Graph } from "./graph";
import { linksOf, nodeAt } from "./graph";
import type { LoraSlot, SlotRef, Slots } from "./slots";
import { MODEL_INPUT } from "./trace-settings";

/** References where a user says they are: chained ones stay a chain, all others are fixed in number. */
export function chosenReferences(
  found: Slots,
  chosen: readonly SlotRef[],
): Pick<Slots, "reference" | "maxReferences"> {
  if (chosen.length === 0) return { reference: null, maxReferences: 0 };
  const ids = new Set(chosen.map(({ nodeId }) => nodeId));
  const { stages: all = [], growth = null } = found.reference ?? {};
  const stages = all.filter((stage) => stage.loads.every(({ nodeId }) => ids.has(nodeId)));
  const chained = new Set(stages.flatMap((stage) => stage.loads.map(({ nodeId }) => nodeId)));
  const fixed = chosen.filter(({ nodeId }) => !chained.has(nodeId));
  const places = new Set((found.reference?.fixed ?? []).map(({ nodeId }) => nodeId));
  // What grows or goes on its own does so only where all is as it was found.
  const isWhole =
    stages.length === all.length &&
    fixed.length === places.size &&
    fixed.every(({ nodeId }) => places.has(nodeId));
  return isWhole
    ? { reference: found.reference, maxReferences: found.maxReferences }
    : {
        reference: {
          stages,
          fixed,
          isRemovable: fixed.length === 0,
          growth: stages.length > 0 ? growth : null,
        },
        maxReferences: chosen.length,
      };
}

/** The models of these nodes, as places for a LoRA; null where there are none. */
export function chosenModels(graph: Graph, nodeIds: readonly string[]): LoraSlot | null {
  const models = nodeIds.flatMap((nodeId) => modelPlace(graph, nodeId) ?? []);
  return models.length > 0 ? { models } : null;
}

/** A node whose model others take, with its text encoder where they take that too; null for any other. */
export function modelPlace(graph: Graph, nodeId: string): LoraSlot["models"][number] | null {
  const node = nodeAt(graph, nodeId);
  const taken = (pattern: RegExp): number | null => {
    for (const user of Object.values(graph))
      for (const { input, link } of linksOf(user))
        if (link[0] === nodeId && pattern.test(input)) return link[1];
    return null;
  };
  const output = taken(MODEL_INPUT);
  if (!node || output === null) return null;
  return {
    nodeId,
    classType: node.class_type,
    title: node._meta?.title ?? null,
    output,
    clip: taken(/^clip$/),
  };
}
