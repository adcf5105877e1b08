import { dropPicture } from "./drop-picture";
import type { Link } from "./graph";
import { linkAt } from "./graph";
import type { GraphDraft } from "./graph-draft";
import { appendStage, bypassApply, copyBranch } from "./reference-chain";
import type { ReferenceSlot, ReferenceStage, SlotRef, Slots } from "./slots";
import { WorkflowError } from "./workflow-error";

/**
 * Puts reference pictures in: chained ones as many as there are pictures, fixed ones each with a picture. No
 * picture that the workflow was saved with stays. Answers notes.
 */
export function fillReferences(draft: GraphDraft, slots: Slots, references: readonly string[]): string[] {
  const { reference, maxReferences } = slots;
  if (!reference) {
    if (references.length === 0) return [];
    return [`The workflow has no place for reference pictures: ${count(references.length)} left out.`];
  }
  if (references.length === 0) return cutOut(draft, reference);

  const queue = references.slice(0, maxReferences);
  const kept: ReferenceStage[] = [];
  let lastPicture = "";
  let repeats = 0;
  const fill = (place: SlotRef): void => {
    const next = queue.shift();
    if (next === undefined && lastPicture !== "" && dropPicture(draft, place.nodeId)) return;
    if (next === undefined) repeats++;
    lastPicture = next ?? lastPicture;
    draft.setInput(place.nodeId, place.input, lastPicture);
  };

  for (const stage of reference.stages) {
    if (queue.length > 0) {
      stage.loads.forEach(fill);
      kept.push(stage);
    } else {
      for (const apply of stage.appliedBy) bypassApply(draft, apply);
    }
  }
  reference.fixed.forEach(fill);
  if (reference.growth) growEncoders(draft, reference.growth, reference.fixed, queue.splice(0));
  for (const picture of kept.length > 0 ? queue : []) kept.push(appendStage(draft, kept, picture));
  return [...tooManyNote(references.length, maxReferences), ...repeatNote(repeats)];
}

function cutOut(draft: GraphDraft, reference: ReferenceSlot): string[] {
  if (!reference.isRemovable) {
    const place = reference.fixed[0];
    throw new WorkflowError(
      "workflow_needs_reference",
      `The workflow needs a reference picture (node ${place?.nodeId}, ${place?.classType}) and there is none.`,
      {
        field: place ? `${place.nodeId}.inputs.${place.input}` : null,
        remedy: "Give the sentence a character with a reference picture, or choose a text-to-image model.",
      },
    );
  }
  for (const apply of reference.stages.flatMap(({ appliedBy }) => appliedBy)) bypassApply(draft, apply);
  for (const { nodeId } of reference.fixed) dropPicture(draft, nodeId);
  return [];
}

/** Gives encoders further pictures, each by a way of its own like that of the first. */
function growEncoders(
  draft: GraphDraft,
  { nodeIds, first, free }: NonNullable<ReferenceSlot["growth"]>,
  loads: readonly SlotRef[],
  pictures: readonly string[],
): void {
  for (const [index, picture] of pictures.slice(0, free.length).entries()) {
    const input = free[index]!;
    const copies = new Map<string, Link>();
    for (const id of nodeIds) {
      const link = linkAt(draft.node(id), first);
      if (!link) continue;
      const key = JSON.stringify(link);
      const copy = copies.get(key) ?? copyBranch(draft, link, loads, { picture, number: index + 2 });
      copies.set(key, copy);
      draft.setInput(id, input, copy);
    }
  }
}

function tooManyNote(given: number, most: number): string[] {
  if (given <= most) return [];
  return [`The workflow takes at most ${pictures(most)}: ${count(given - most)} left out.`];
}

function repeatNote(repeats: number): string[] {
  if (repeats === 0) return [];
  const more = repeats === 1 ? "1 more reference picture" : `${repeats} more reference pictures`;
  return [`The workflow takes ${more} than there are: the last one was used again.`];
}

function pictures(number: number): string {
  return number === 1 ? "1 reference picture" : `${number} reference pictures`;
}

function count(number: number): string {
  return number === 1 ? "1 was" : `${number} were`;
}
