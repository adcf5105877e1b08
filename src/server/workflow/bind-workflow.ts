import { createHash } from "node:crypto";
import type { SlotChoice } from "@/lib/schemas/model";
import type { LoadedWorkflow } from "./load-workflow";
import { bindSlots } from "./slot-choices";

/** Of each workflow that is in use, what choices made of it: asked for with every plan. */
const bound = new WeakMap<LoadedWorkflow, Map<string, LoadedWorkflow>>();

/**
 * A workflow with its values where the user chose: its hash is another one, so its pictures are others.
 * @throws WorkflowError as `bindSlots` does
 */
export function bindWorkflow(loaded: LoadedWorkflow, choices: readonly SlotChoice[]): LoadedWorkflow {
  if (choices.length === 0) return loaded;
  const key = JSON.stringify(choices.map(({ slot, nodeId, input }) => [slot, nodeId, input]));
  const known = bound.get(loaded) ?? new Map<string, LoadedWorkflow>();
  const before = known.get(key);
  if (before) return before;
  const hash = createHash("sha256").update(`${loaded.hash} ${key}`).digest("hex");
  const workflow = { graph: loaded.graph, slots: bindSlots(loaded.graph, choices), hash };
  bound.set(loaded, known.set(key, workflow));
  return workflow;
}
