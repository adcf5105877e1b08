import type { Graph, GraphNode } from "./graph";
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
  const fixed = loads.filter(({ nodeId }) => !chained.has(nodeId));
  const places = chained.size + fixed.length;
  return {
    reference: { stages: free, fixed, isRemovable: fixed.length === 0 },
    maxReferences: free.length > 0 ? Math.max(MAX_CHAINED, places) : places,
  };
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
