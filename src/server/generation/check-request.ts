import { badRequest, ShotboardError } from "@/lib/errors";
import { chooseModelId, refuseModel, unknownModel } from "@/lib/plan/choose-model";
import { chooseStyle, styleFieldOf } from "@/lib/plan/choose-style";
import type { PlanInputs, PlanModel } from "@/lib/plan/plan";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import type { Failure } from "@/lib/schemas/common";
import type { Overrides, Problem } from "@/lib/schemas/image";
import type { SlotName } from "@/lib/schemas/model";

/** The slot that each field of a request demands. */
const DEMANDS: [field: keyof Overrides, slot: SlotName][] = [
  ["seed", "seed"],
  ["steps", "steps"],
  ["cfg", "cfg"],
  ["characterRefs", "reference"],
];

/** Failures of a plan that are the request's fault when they stop every sentence: refused, not reported. */
const REFUSED = new Set([
  "model_not_found",
  "model_is_video",
  "model_inactive",
  "style_not_found",
  "style_inactive",
  "style_incompatible",
]);

/** What a style that the request itself asks for demands of the model. */
const STYLE_DEMANDS = new Set(["style_incompatible", "lora_not_supported"]);

/** A plan's failure as the answer to a request. */
function refuse(failure: Failure): ShotboardError {
  const code = failure.code.endsWith("_not_found") ? "NOT_FOUND" : "BAD_REQUEST";
  return new ShotboardError(code, failure.message, {
    reason: failure.code,
    field: failure.field,
    remedy: failure.remedy,
  });
}

/**
 * Refuses a request whose own model or style is not there, is switched off, makes videos, or do not go together:
 * whatever there is to paint.
 * @param inputs of no sentence
 * @throws ShotboardError naming the field
 */
export function checkChoices(inputs: PlanInputs): void {
  const { modelId } = inputs.overrides;
  const model = modelId === undefined ? null : inputs.models.get(modelId);
  if (model === undefined) throw refuse(unknownModel(modelId!));
  const refusal = model && refuseModel(model);
  if (refusal && REFUSED.has(refusal.code)) throw refuse(refusal);
  if (styleFieldOf(inputs.overrides) === null) return;
  const { failure } = chooseStyle(inputs, model);
  if (failure) throw refuse(failure);
}

/**
 * Refuses a request to which nothing is picked for what it would be refused for if there were something to paint:
 * a demand that the first of the shots it speaks of cannot have, or a style that none of them can.
 * @param shots their inputs, or those of no sentence where there are none
 */
export function checkUnpicked(shots: readonly PlanInputs[]): void {
  checkDemands(shots.slice(0, 1));
  const [first] = shots;
  if (!first || styleFieldOf(first.overrides) === null) return;
  const failures = shots.map((inputs) => resolvePlan(inputs).failure);
  if (failures[0] && failures.every((one) => one && STYLE_DEMANDS.has(one.code))) throw refuse(failures[0]);
}

/**
 * Refuses what stops every picked shot by the request's fault, and a LoRA style of the request that one of them
 * has no place for; all else is told in `problems`.
 */
export function checkProblems(overrides: Overrides, problems: readonly Problem[], picked: number): void {
  const isStyleAsked = styleFieldOf(overrides) !== null;
  const fatal = problems.find(
    ({ code, sentenceIds }) =>
      (REFUSED.has(code) && sentenceIds.length === picked) || (isStyleAsked && code === "lora_not_supported"),
  );
  if (fatal) throw refuse(fatal);
}

/**
 * Refuses a request that demands what cannot be had, for whatever sentence: an unknown character, or a field
 * whose slot the workflow lacks.
 * @throws ShotboardError naming the field
 */
export function checkDemands(picked: readonly PlanInputs[]): void {
  const [first] = picked;
  if (!first) return;
  const { overrides } = first;
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
