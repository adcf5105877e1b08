import type { Graph, GraphNode } from "./graph";
import { dropPicture } from "./drop-picture";
import { linkAt, linksOf, nodeAt, walkUpstream } from "./graph";
import { GraphDraft } from "./graph-draft";
import { bypassApply } from "./reference-chain";
import type { ReferenceSlot, ReferenceStage, SlotRef } from "./slots";
import type { SamplerTrace } from "./trace-samplers";
import { slotRef } from "./trace-text";

/** The most references that are chained: each costs the sampler as much again as the picture itself. */
const MAX_CHAINED = 8;

export interface FoundReferences {
  reference: ReferenceSlot | null;
  maxReferences: number;
}

/**
 * Where reference pictures go in. Pictures that only give the size are none: `sizes` (the width and height slots)
 * hold numbers by then.
 */
export function findReferences(
  graph: Graph,
  outputId: string,
  samplers: readonly SamplerTrace[],
  sizes: readonly SlotRef[],
): FoundReferences {
  const draft = new GraphDraft(graph);
  for (const { nodeId, input } of sizes) draft.setInput(nodeId, input, 1);
  draft.keepOnlyWhatNeeds(outputId);
  const loads = loadsIn(draft);
  if (loads.length === 0) return { reference: null, maxReferences: 0 };

  const stages = findStages(draft.toView(), samplers, loads);
  for (const apply of stages.flatMap(({ appliedBy }) => appliedBy)) bypassApply(draft, apply);
  draft.keepOnlyWhatNeeds(outputId);
  // What still is there is needed in another way too, and a chain cannot be cut out or extended around it.
  const left = new Set(loadsIn(draft).map(({ nodeId }) => nodeId));
  const free = stages.filter((stage) => stage.loads.every(({ nodeId }) => !left.has(nodeId)));
  const chained = new Set(free.flatMap((stage) => stage.loads.map(({ nodeId }) => nodeId)));
  const view = draft.toView();
  const encoders = pictureEncoders(view, samplers);
  const fixed = inOrderOf(
    encoders,
    view,
    loads.filter(({ nodeId }) => !chained.has(nodeId)),
  );
  const growth = fixed.length > 0 && free.length === 0 ? findGrowth(view, encoders) : null;
  const isRemovable = fixed.every(({ nodeId }) => dropPicture(draft, nodeId));
  const places = chained.size + fixed.length + (growth?.free.length ?? 0);
  return {
    reference: { stages: free, fixed, isRemovable, growth },
    maxReferences: free.length > 0 ? Math.max(MAX_CHAINED, places) : places,
  };
}

/** Encoders that read pictures beside the text, and how many each takes. */
const PICTURE_INPUTS: Readonly<Record<string, string[]>> = {
  TextEncodeQwenImageEditPlus: ["image1", "image2", "image3"],
};

function pictureEncoders(graph: Graph, samplers: readonly SamplerTrace[]): string[] {
  const texts = samplers.flatMap(({ positive, negative }) => [...positive.texts, ...negative.texts]);
  const ids = new Set(texts.map(({ encoder }) => encoder.nodeId));
  return [...ids].filter((id) => {
    const node = nodeAt(graph, id);
    return node && Object.hasOwn(PICTURE_INPUTS, node.class_type) && takenInputs(node).length > 0;
  });
}

const inputsOf = (node: GraphNode): string[] => PICTURE_INPUTS[node.class_type] ?? [];
const takenInputs = (node: GraphNode): string[] => inputsOf(node).filter((input) => linkAt(node, input));

/** Pictures in the order in which the encoder numbers them; all others behind. */
function inOrderOf(encoders: readonly string[], graph: Graph, loads: SlotRef[]): SlotRef[] {
  const [first] = encoders.flatMap((id) => nodeAt(graph, id) ?? []);
  if (!first) return loads;
  const places = takenInputs(first).map((input) => walkUpstream(graph, [linkAt(first, input)![0]]));
  const placeOf = ({ nodeId }: SlotRef) => {
    const place = places.findIndex((reached) => reached.has(nodeId));
    return place < 0 ? places.length : place;
  };
  return loads.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The picture inputs that all encoders have free. */
function findGrowth(graph: Graph, encoders: readonly string[]): ReferenceSlot["growth"] {
  const nodes = encoders.flatMap((id) => nodeAt(graph, id) ?? []);
  const [node] = nodes;
  const first = node && takenInputs(node)[0];
  if (!node || first === undefined) return null;
  const free = inputsOf(node).filter((input) => nodes.every((one) => !linkAt(one, input)));
  return free.length > 0 ? { nodeIds: [...encoders], first, free } : null;
}

/** A node that loads a picture by name: LoadImage and its relatives. */
export function isPictureLoad(node: GraphNode): boolean {
  return typeof node.inputs["image"] === "string" && linksOf(node).length === 0;
}

function loadsIn(draft: GraphDraft): SlotRef[] {
  return draft.entries().flatMap(([id, node]) => (isPictureLoad(node) ? [slotRef(id, node, "image")] : []));
}

/** Applies that take the same pictures are one stage: the same reference on several conditionings. */
function findStages(graph: Graph, samplers: readonly SamplerTrace[], loads: SlotRef[]): ReferenceStage[] {
  const stages = new Map<string, ReferenceStage>();
  const applies = samplers.flatMap(({ positive, negative }) => [...positive.applies, ...negative.applies]);
  for (const apply of new Set(applies)) {
    const node = nodeAt(graph, apply);
    const latent = node && linkAt(node, "latent");
    if (!latent) continue;
    const reached = walkUpstream(graph, [latent[0]]);
    const taken = loads.filter(({ nodeId }) => reached.has(nodeId));
    if (taken.length === 0) continue;
    const key = JSON.stringify(taken.map(({ nodeId }) => nodeId));
    const stage = stages.get(key) ?? { loads: taken, appliedBy: [] };
    stages.set(key, { ...stage, appliedBy: [...stage.appliedBy, apply] });
  }
  return [...stages.values()];
}
