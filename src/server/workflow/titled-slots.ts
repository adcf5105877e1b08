import type { Graph, GraphNode } from "./graph";
import { describeNode, linkAt, linksOf } from "./graph";
import { chosenModels, chosenReferences } from "./chosen-slots";
import type { SlotName, SlotRef, Slots } from "./slots";
import { slotRef } from "./trace-text";
import { WorkflowError } from "./workflow-error";

/** Titles that say what a node is for, as `shotboard:prompt`; `size` is width and height at once. */
const TITLE = /^\s*shotboard\s*:\s*([a-z]+)\s*$/i;

/** The inputs that a title means, the likeliest first. */
const INPUTS: Readonly<Record<string, RegExp[]>> = {
  prompt: [/^(text|prompt|positive)$/i, /text|prompt|string/i, /^value$/i],
  negative: [/^(text|negative|prompt)$/i, /text|prompt|string/i, /^value$/i],
  seed: [/^(noise_)?seed$/i, /^(value|number|int)$/i],
  steps: [/^steps$/i, /^(value|number|int)$/i],
  cfg: [/^cfg$/i, /cfg|guidance/i, /^(value|number|float)$/i],
  width: [/^width$/i, /^(value|number|int)$/i],
  height: [/^height$/i, /^(value|number|int)$/i],
  reference: [/^image$/i],
  output: [/^images?$/i],
};

/** Where titles say that values go; several nodes may carry one title. */
export interface TitledSlots {
  places: ReadonlyMap<SlotName, SlotRef[]>;
  models: string[];
  output: SlotRef | null;
}

/** Reads the titles. Throws `workflow_title_misplaced` for one on a node that has no such place. */
export function titledSlots(graph: Graph): TitledSlots {
  const places = new Map<SlotName, SlotRef[]>();
  const models: string[] = [];
  for (const [id, node] of Object.entries(graph)) {
    const [, name] = TITLE.exec(node._meta?.title ?? "") ?? [];
    for (const slot of name ? slotsNamed(name.toLowerCase(), id, node) : []) {
      if (slot === "lora") {
        if (!linksOfOthers(graph, id)) throw misplaced(slot, id, node);
        models.push(id);
        continue;
      }
      const input = inputFor(slot, node);
      if (input === null) throw misplaced(slot, id, node);
      places.set(slot, [...(places.get(slot) ?? []), slotRef(id, node, input)]);
    }
  }
  return { places, models, output: places.get("output")?.at(-1) ?? null };
}

/** The slots with those that titles say in their places. */
export function withTitled(graph: Graph, found: Slots, { places, models }: TitledSlots): Slots {
  const slots: Slots = { ...found };
  for (const slot of ["prompt", "negative", "seed", "steps", "cfg", "width", "height"] as const)
    slots[slot] = places.get(slot) ?? slots[slot];
  const references = places.get("reference");
  return {
    ...slots,
    ...(references && chosenReferences(found, references)),
    ...(models.length > 0 && { lora: chosenModels(graph, models) }),
  };
}

function slotsNamed(name: string, id: string, node: GraphNode): SlotName[] {
  if (name === "size") return ["width", "height"];
  if (name === "lora" || Object.hasOwn(INPUTS, name)) return [name as SlotName];
  const known = [...Object.keys(INPUTS), "size", "lora"].join(", ");
  throw new WorkflowError(
    "workflow_title_misplaced",
    `The title of ${describeNode(id, node)} says "shotboard:${name}"; expected one of ${known}.`,
    { field: id, remedy: "Give the node another title in ComfyUI." },
  );
}

function inputFor(slot: SlotName, node: GraphNode): string | null {
  const fits = (input: string): boolean => {
    if (slot === "output") return linkAt(node, input) !== null;
    const value = node.inputs[input];
    const isLink = linkAt(node, input) !== null;
    if (slot === "prompt" || slot === "negative") return typeof value === "string" || isLink;
    return slot === "reference" ? typeof value === "string" : typeof value === "number" || isLink;
  };
  const inputs = Object.keys(node.inputs).filter(fits);
  for (const pattern of INPUTS[slot] ?? []) {
    const found = inputs.find((input) => pattern.test(input));
    if (found !== undefined) return found;
  }
  return null;
}

const linksOfOthers = (graph: Graph, id: string): boolean =>
  Object.values(graph).some((node) => linksOf(node).some(({ link }) => link[0] === id));

const misplaced = (slot: string, id: string, node: GraphNode) =>
  new WorkflowError(
    "workflow_title_misplaced",
    `The title of ${describeNode(id, node)} says "shotboard:${slot}", but the node has no place for it.`,
    { field: id, remedy: "Give the title to the node that holds the value." },
  );
