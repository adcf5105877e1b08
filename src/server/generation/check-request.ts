import { badRequest, ShotboardError } from "@/lib/errors";
import { chooseModelId, refuseModel } from "@/lib/plan/choose-model";
import type { PlanInputs, PlanModel } from "@/lib/plan/plan";
import type { Failure } from "@/lib/schemas/common";
import type { Overrides } from "@/lib/schemas/image";
import type { SlotName } from "@/lib/schemas/model";

/** The slot that each field of a request demands. */
const DEMANDS: [field: keyof Overrides, slot: SlotName][] = [
  ["seed", "seed"],
  ["steps", "steps"],
  ["cfg", "cfg"],
  ["characterRefs", "reference"],
];

/** A plan's failure as the answer to a request. */
export function refuse(failure: Failure): ShotboardError {
  const code = failure.code.endsWith("_not_found") ? "NOT_FOUND" : "BAD_REQUEST";
  return new ShotboardError(code, failure.message, {
    reason: failure.code,
    field: failure.field,
    remedy: failure.remedy,
  });
}

/**
 * Refuses a request that demands what cannot be had, for whatever sentence: an unknown character, or a field
 * whose slot the workflow lacks.
 * @throws ShotboardError naming the field
 */
export function checkDemands(overrides: Overrides, picked: readonly PlanInputs[]): void {
  const [first] = picked;
  if (!first) return;
  checkCharacters(overrides, first);
  for (const model of modelsOf(picked)) {
    for (const [field, slot] of DEMANDS)
      if (isDemanded(overrides[field]) && !model.slots.has(slot))
        throw badRequest(
          "slot_missing",
          `The workflow of ${model.name} has no place for ${field}.`,
          field,
          "Leave it out, or choose a model whose workflow takes it.",
        );
  }
}

const isDemanded = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

function checkCharacters(overrides: Overrides, { characters }: PlanInputs): void {
  for (const [index, id] of (overrides.characterRefs ?? []).entries()) {
    const character = characters.get(id);
    const field = `characterRefs.${index}`;
    if (!character)
      throw new ShotboardError("NOT_FOUND", `There is no character with the id "${id}".`, {
        reason: "character_not_found",
        field,
        remedy: "Check the id, or list the characters.",
      });
    if (character.mainImageId === null)
      throw badRequest(
        "character_without_picture",
        `${character.name} has no reference picture.`,
        field,
        "Give it one first.",
      );
  }
}

/** The distinct models that the picked sentences will run on, as far as they can be known now. */
function modelsOf(picked: readonly PlanInputs[]): Set<PlanModel> {
  const models = new Set<PlanModel>();
  for (const inputs of picked) {
    const id = chooseModelId(inputs);
    if (id !== null) {
      const model = inputs.models.get(id);
      if (model && refuseModel(model) === null) models.add(model);
    } else if (isDemanded(inputs.overrides.characterRefs) && inputs.overrides.useImageToImage !== false)
      models.add(inputs.defaults["image-to-image"]);
    else models.add(inputs.defaults["text-to-image"]);
  }
  return models;
}
