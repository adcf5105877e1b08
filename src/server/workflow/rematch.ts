import type { Model, SlotBinding, SlotChoice } from "@/lib/schemas/model";
import type { Graph } from "./graph";
import { nodeAt } from "./graph";

/**
 * Finds the places that the user chose again in a workflow that was exported anew: by id and class, else by class
 * and title, else by class alone, where exactly one node fits.
 * @returns each choice as it is now, and how it was found; one that is ambiguous or lost has no place
 */
export function rematch(graph: Graph, choices: readonly SlotChoice[]): SlotBinding[] {
  return choices.map((before): SlotBinding => {
    if (before.nodeId === null) return { slot: before.slot, status: "kept", before, now: before };
    const same = nodeAt(graph, before.nodeId);
    if (same?.class_type === before.classType)
      return { slot: before.slot, status: "kept", before, now: before };
    const alike = Object.entries(graph).filter(([, node]) => node.class_type === before.classType);
    const titled = alike.filter(([, node]) => (node._meta?.title ?? null) === before.title);
    const candidates = titled.length > 0 ? titled : alike;
    const [only] = candidates;
    if (candidates.length !== 1 || !only) {
      const status = candidates.length > 1 ? "ambiguous" : "lost";
      return { slot: before.slot, status, before, now: null };
    }
    const [nodeId, node] = only;
    const now = { ...before, nodeId, title: node._meta?.title ?? null };
    return { slot: before.slot, status: "moved", before, now };
  });
}

/** Slots that had a place and have none now, though nobody chose so. */
export function lostSlots(
  before: Model["slots"],
  now: Model["slots"],
  choices: readonly SlotChoice[],
): SlotBinding[] {
  const has = (slots: Model["slots"], slot: string) => slots.some((one) => one.slot === slot);
  const firsts = before.filter((one, index) => before.findIndex(({ slot }) => slot === one.slot) === index);
  return firsts
    .filter(({ slot }) => !has(now, slot) && !choices.some((one) => one.slot === slot))
    .map((one) => ({ slot: one.slot, status: "lost", before: one, now: null }));
}
