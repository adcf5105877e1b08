import type { Model, SlotName } from "@/lib/schemas/model";
import type { SlotRef, Slots } from "./slots";

/** Slots as the API shows them: one row for each place. */
export function listSlots(slots: Slots): Model["slots"] {
  const rows: Model["slots"] = [];
  const add = (slot: SlotName, { nodeId, classType, title, input }: SlotRef) =>
    rows.push({ slot, nodeId, classType, title, input });
  for (const name of ["prompt", "negative", "seed", "steps", "cfg", "width", "height"] as const)
    for (const ref of slots[name]) add(name, ref);
  for (const ref of [
    ...(slots.reference?.stages.flatMap((stage) => stage.loads) ?? []),
    ...(slots.reference?.fixed ?? []),
  ])
    add("reference", ref);
  for (const { nodeId, classType, title } of slots.lora?.models ?? [])
    add("lora", { nodeId, classType, title, input: "model" });
  add("output", slots.output);
  return rows;
}
