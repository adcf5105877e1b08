import type { SlotChoice } from "@/lib/schemas/model";
import { findSlots } from "./find-slots";
import { isPictureLoad } from "./find-references";
import type { Graph, GraphNode } from "./graph";
import { linksOf, nodeAt } from "./graph";
import type { LoraSlot, ReferenceSlot, SlotRef, Slots } from "./slots";
import { modelLinks } from "./trace-settings";
import { slotRef } from "./trace-text";
import { WorkflowError } from "./workflow-error";

/** Slots that are filled with one value wherever they are. */
const PLAIN = ["prompt", "negative", "seed", "steps", "cfg", "width", "height"] as const;

/**
 * Where values go: as the user chose it, and as found for all other slots.
 * @throws WorkflowError `workflow_slots_outdated` for a place that the graph does not have; and what `findSlots` throws
 */
export function bindSlots(graph: Graph, choices: readonly SlotChoice[]): Slots {
  const chosen = Map.groupBy(choices, ({ slot }) => slot);
  const found = findSlots(graph);
  const bound: Slots = { ...found };
  for (const slot of PLAIN) {
    const places = chosen.get(slot);
    if (places) bound[slot] = places.flatMap((place) => placeOf(graph, place) ?? []);
  }
  const references = chosen.get("reference");
  if (references) Object.assign(bound, chosenReferences(found, places(graph, references)));
  const lora = chosen.get("lora");
  if (lora) bound.lora = chosenModels(graph, places(graph, lora));
  return bound;
}

const places = (graph: Graph, choices: readonly SlotChoice[]): SlotRef[] =>
  choices.flatMap((choice) => placeOf(graph, choice) ?? []);

/** null where the user chose that there is none. */
function placeOf(graph: Graph, { slot, nodeId, input }: SlotChoice): SlotRef | null {
  if (nodeId === null) return null;
  const node = nodeAt(graph, nodeId);
  if (node && input !== null && hasPlace(graph, nodeId, node, slot, input))
    return slotRef(nodeId, node, input);
  const what = node
    ? `no place "${input}" for it in node ${nodeId} (${node.class_type})`
    : `no node ${nodeId}`;
  throw new WorkflowError(
    "workflow_slots_outdated",
    `The ${slot} was bound to a place, but there is ${what}.`,
    {
      field: "slotChoices",
      remedy: "Choose another place for it, or let it be found again.",
    },
  );
}

function hasPlace(
  graph: Graph,
  nodeId: string,
  node: GraphNode,
  slot: SlotChoice["slot"],
  input: string,
): boolean {
  if (slot === "lora") return modelOutputOf(graph, nodeId) !== null;
  if (slot === "reference") return isPictureLoad(node) && input === "image";
  return Object.hasOwn(node.inputs, input);
}

/** References that the user chose: chained ones stay a chain, all others are fixed in number. */
function chosenReferences(
  found: Slots,
  chosen: readonly SlotRef[],
): Pick<Slots, "reference" | "maxReferences"> {
  if (chosen.length === 0) return { reference: null, maxReferences: 0 };
  const ids = new Set(chosen.map(({ nodeId }) => nodeId));
  const stages = (found.reference?.stages ?? []).filter((stage) =>
    stage.loads.every(({ nodeId }) => ids.has(nodeId)),
  );
  const chained = new Set(stages.flatMap((stage) => stage.loads.map(({ nodeId }) => nodeId)));
  const fixed = chosen.filter(({ nodeId }) => !chained.has(nodeId));
  const reference: ReferenceSlot = { stages, fixed, isRemovable: fixed.length === 0 };
  const isWhole = stages.length > 0 && stages.length === found.reference?.stages.length;
  return { reference, maxReferences: isWhole ? found.maxReferences : chosen.length };
}

function chosenModels(graph: Graph, chosen: readonly SlotRef[]): LoraSlot | null {
  const models = chosen.flatMap(({ nodeId, classType, title }) => {
    const output = modelOutputOf(graph, nodeId);
    return output === null ? [] : [{ nodeId, classType, title, output }];
  });
  return models.length > 0 ? { models } : null;
}

/** The output of a node that others take as their model; null where none does. */
function modelOutputOf(graph: Graph, nodeId: string): number | null {
  for (const node of Object.values(graph))
    for (const [source, output] of modelLinks(node)) if (source === nodeId) return output;
  return null;
}

/** A place that could be chosen for a slot, with what stands there now. */
export interface Place extends SlotRef {
  slot: SlotChoice["slot"];
  /** The present value in a few words; null where it is a link. */
  value: string | null;
}

/** What an input's name says that it could hold. Custom nodes keep to these words. */
const FITS: Record<(typeof PLAIN)[number], RegExp> = {
  prompt: /text|prompt|string|^value|positive|clip_[lg]|t5xxl|llama|caption/i,
  negative: /text|prompt|string|^value|negative|clip_[lg]|t5xxl|llama|caption/i,
  seed: /seed|^(value|number|int)$/i,
  steps: /(^|[._])steps|^(value|number|int)$/i,
  cfg: /(^|[._])cfg|guidance|^(value|number|float)$/i,
  width: /(^|[._])width$|^(size|value|number|int)$/i,
  height: /(^|[._])height$|^(size|value|number|int)$/i,
};
/** Texts that name a file or a setting. */
const NO_TEXT = /_name$|^filename|sampler|scheduler|^(device|type|method|mode)$/i;
const MOST = 3_000;

/** All places that the user could choose for a slot, in the order of the graph. */
export function listPlaces(graph: Graph): Place[] {
  const found = Object.entries(graph).flatMap(([id, node]): Place[] => [
    ...Object.entries(node.inputs).flatMap(([input, value]) =>
      slotsFor(node, input, value).map((slot) => ({
        slot,
        ...slotRef(id, node, input),
        value: shortValue(value),
      })),
    ),
    ...(modelOutputOf(graph, id) === null
      ? []
      : [{ slot: "lora" as const, ...slotRef(id, node, "model"), value: null }]),
  ]);
  return found.slice(0, MOST);
}

function slotsFor(node: GraphNode, input: string, value: unknown): Place["slot"][] {
  if (typeof value === "string") {
    if (input === "image" && isPictureLoad(node)) return ["reference"];
    return NO_TEXT.test(input)
      ? []
      : (["prompt", "negative"] as const).filter((slot) => FITS[slot].test(input));
  }
  const isSize = linksOf(node).some((one) => one.input === input) && /^(width|height)$/.test(input);
  if (isSize) return [input as "width" | "height"];
  if (typeof value !== "number") return [];
  return (["seed", "steps", "cfg", "width", "height"] as const).filter((slot) => FITS[slot].test(input));
}

/** A value in a few words; null for a link and for nothing. */
export function shortValue(value: unknown): string | null {
  if (value === undefined || value === null || typeof value === "object") return null;
  const text = String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
