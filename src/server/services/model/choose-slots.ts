import { badRequest } from "@/lib/errors";
import type { Model, SlotBinding, SlotChoice, SlotChoicesInput } from "@/lib/schemas/model";
import { bindWorkflow } from "@/server/workflow/bind-workflow";
import { nodeAt, type Graph } from "@/server/workflow/graph";
import { listSlots } from "@/server/workflow/list-slots";
import type { LoadedWorkflow } from "@/server/workflow/load-workflow";
import { lostSlots, rematch } from "@/server/workflow/rematch";
import { atField } from "./save-workflow";

/** What a user chose, with the class and title that it is found again by. */
export function completeChoices(graph: Graph, choices: SlotChoicesInput): SlotChoice[] {
  return choices.map(({ slot, nodeId, input = null }) => {
    const node = nodeId === null ? undefined : nodeAt(graph, nodeId);
    const title = node?._meta?.title ?? null;
    return { slot, nodeId, input, classType: node?.class_type ?? null, title };
  });
}

/** How a model's choices and slots are found in a workflow that it is given instead of its own. */
export function matchAgain(
  { slots, slotChoices }: Pick<Model, "slots" | "slotChoices">,
  loaded: LoadedWorkflow,
): { choices: SlotChoice[]; bindings: SlotBinding[] } {
  const matched = rematch(loaded.graph, slotChoices);
  const choices = matched.flatMap(({ now }) => now ?? []);
  const now = listSlots(bindWorkflow(loaded, choices).slots);
  return { choices, bindings: [...matched, ...lostSlots(slots, now, choices)] };
}

/**
 * The choices for a workflow: those that are given, or the model's own found again.
 * @throws ShotboardError at `slotChoices` where one is ambiguous or lost and nobody confirmed it
 */
export async function chooseSlots(
  before: Pick<Model, "slots" | "slotChoices"> | null,
  loaded: LoadedWorkflow,
  given: SlotChoicesInput | undefined,
): Promise<{ choices: SlotChoice[]; bound: LoadedWorkflow }> {
  return atField("slotChoices", () => {
    const matched = before && given === undefined ? matchAgain(before, loaded) : null;
    const open = matched?.bindings.filter(({ status }) => status === "ambiguous" || status === "lost") ?? [];
    if (open.length > 0) throw unconfirmed(open);
    const choices = matched?.choices ?? completeChoices(loaded.graph, given ?? []);
    return { choices, bound: bindWorkflow(loaded, choices) };
  });
}

function unconfirmed(open: readonly SlotBinding[]) {
  const words = open.map(({ slot, status, before }) =>
    status === "lost"
      ? `the ${slot} has no place any more (it was in node ${before.nodeId}, ${before.classType})`
      : `there are several nodes that the ${slot} could be in (${before.classType})`,
  );
  return badRequest(
    "slots_unconfirmed",
    `In the new workflow ${words.join("; ")}.`,
    "slotChoices",
    "Say where each goes, or that it goes nowhere, and save again.",
  );
}
