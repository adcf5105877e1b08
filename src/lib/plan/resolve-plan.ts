import { chooseModelId, refuseModel, unknownModel } from "./choose-model";
import { chooseReferences, fitReferences } from "./choose-references";
import { chooseStyle, refuseWithoutReference, styleFieldOf } from "./choose-style";
import { composePrompt } from "./compose-prompt";
import { describeCharacters } from "./describe-characters";
import type { PlanInputs, PlanResult } from "./plan";

/**
 * All values of one picture from the rows as they are now: pure, the same in browser, service and runner.
 * What is only wished for (by model, style or cast) and cannot be had is dropped with a note; what makes the
 * picture impossible is a failure with its remedy.
 */
export function resolvePlan(inputs: PlanInputs): PlanResult {
  const { overrides, sentence, project, models, defaults } = inputs;
  const chosen = chooseReferences(inputs);
  const notes = [...chosen.notes];
  const failure = (code: string, message: string, field: string | null, remedy: string): PlanResult => ({
    plan: null,
    notes,
    failure: { code, message, field, remedy },
  });

  const modelId = chooseModelId(inputs);
  const asked = modelId === null ? null : models.get(modelId);
  if (asked === undefined) return { plan: null, notes, failure: unknownModel(modelId!) };
  const wantsReferences = overrides.useImageToImage !== false;
  const graph =
    asked ?? defaults[wantsReferences && chosen.references.length > 0 ? "image-to-image" : "text-to-image"];
  const refusal = refuseModel(graph);
  if (refusal) return { plan: null, notes, failure: refusal };

  const fitted = fitReferences(graph, wantsReferences ? chosen.references : [], notes);
  const choice = chooseStyle(inputs, graph);
  if (choice.failure) return { plan: null, notes, failure: choice.failure };
  const { style } = choice;
  const missing = style && refuseWithoutReference(style, fitted);
  if (missing) return { plan: null, notes, failure: missing };

  const noReferenceFallback =
    graph.workflowType === "image-to-image" && fitted.length === 0 && !graph.runsWithoutReference;
  const runs = noReferenceFallback ? defaults["text-to-image"] : graph;
  if (noReferenceFallback)
    notes.push(
      `${graph.name} cannot run without a reference: the default text-to-image workflow was used instead.`,
    );

  const lora =
    style?.styleType === "lora" && style.loraFile !== null
      ? { file: style.loraFile, strength: style.loraStrength }
      : null;
  if (lora && !runs.slots.has("lora"))
    return failure(
      "lora_not_supported",
      `The style "${style!.name}" is a LoRA, and the workflow of ${runs.name} has no model loader to put one behind.`,
      styleFieldOf(overrides) ?? "styleId",
      "Choose another style or another model.",
    );

  const negativePrompt = style?.negativePrompt?.trim() || null;
  if (negativePrompt !== null && !runs.slots.has("negative"))
    notes.push(`The workflow of ${runs.name} takes no negative prompt: the style's was left out.`);

  return {
    notes,
    failure: null,
    plan: {
      modelId: runs.id,
      modelName: runs.name,
      workflowFile: runs.workflowFile,
      workflowHash: runs.workflowHash,
      slotChoices: runs.slotChoices,
      prompt: composePrompt(
        style?.promptPrefix ?? null,
        imagePromptOf(sentence),
        describeCharacters(chosen.people, fitted),
      ),
      negativePrompt: runs.slots.has("negative") ? negativePrompt : null,
      styleId: style?.id ?? null,
      lora,
      references: fitted,
      width: runs.renderWidth ?? project.width,
      height: runs.renderHeight ?? project.height,
      seed: overrides.seed ?? (sentence.isSeedLocked ? sentence.seed : null),
      steps: overrides.steps ?? runs.defaultSteps,
      cfg: overrides.cfg ?? runs.defaultCfg,
    },
  };
}

/** The image prompt of a sentence: its own, or its text. */
export function imagePromptOf(sentence: { text: string; imagePrompt: string | null }): string {
  const own = sentence.imagePrompt?.trim();
  return own ? own : sentence.text;
}
