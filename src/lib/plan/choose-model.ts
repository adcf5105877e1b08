import type { Failure } from "@/lib/schemas/common";
import type { PlanInputs, PlanModel } from "./plan";

/** The id of the model that is asked for: the request's, else the sentence's, else the project's, else none. */
export function chooseModelId({
  overrides,
  sentence,
  project,
}: Pick<PlanInputs, "overrides" | "sentence" | "project">): string | null {
  return overrides.modelId ?? sentence.modelId ?? project.modelId;
}

/** Why this model cannot make an image now, or null. */
export function refuseModel(model: PlanModel): Failure | null {
  if (model.workflowCategory === "video" || model.workflowType === "image-to-video")
    return {
      code: "model_is_video",
      message: `The model "${model.name}" makes videos, not images.`,
      field: "modelId",
      remedy: "Choose a model of category image.",
    };
  if (!model.isActive)
    return {
      code: "model_inactive",
      message: `The model "${model.name}" is switched off.`,
      field: "modelId",
      remedy: "Switch it on under Models, or choose another one.",
    };
  return model.problem;
}

/** The failure for a model id that names nothing. */
export function unknownModel(id: string): Failure {
  return {
    code: "model_not_found",
    message: `There is no model with the id "${id}".`,
    field: "modelId",
    remedy: "Choose a model that exists.",
  };
}
