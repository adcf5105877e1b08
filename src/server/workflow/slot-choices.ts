import type { SlotChoice } from "@/lib/schemas/model";
import { findSlots } from "./find-slots";
import { chosenModels, chosenReferences, modelPlace } from "./chosen-slots";
import { listOutputs } from "./find-output";
import { isPictureLoad } from "./find-references";
import type { Graph, GraphNode } from "./graph";
import { linksOf, nodeAt } from "./graph";
import type { SlotRef, Slots } from "./slots";
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
  const output = chosen.get("output")?.[0]?.nodeId;
  const found = findSlots(graph, output == null ? {} : { output });
  const bound: Slots = { ...found };
  for (const slot of PLAIN) {
    const places = chosen.get(slot);
    if (places) bound[slot] = places.flatMap((place) => placeOf(graph, place) ?? []);
  }
  const references = chosen.get("reference");
  if (references) Object.assign(bound, chosenReferences(found, places(graph, references)));
  const lora = chosen.get("lora");
  if (lora)
    bound.lora = chosenModels(
      graph,
      places(graph, lora).map(({ nodeId }) => nodeId),
    );
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
  if (slot === "lora") return modelPlace(graph, nodeId) !== null;
  if (slot === "reference") return isPictureLoad(node) && input === "image";
  return Object.hasOwn(node.inputs, input);
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
    ...(modelPlace(graph, id) ? [{ slot: "lora" as const, ...slotRef(id, node, "model"), value: null }] : []),
  ]);
  const outputs = listOutputs(graph).map((output) => ({ slot: "output" as const, ...output, value: null }));
  return [...outputs, ...found].slice(0, MOST);
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
