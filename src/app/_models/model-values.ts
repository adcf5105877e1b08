import type { Model, ModelCreate } from "@/lib/schemas/model";

/** A workflow file that was chosen and is not saved yet. */
export interface UploadedWorkflow {
  name: string;
  text: string;
}

/** A model's fields as its form has them. An uploaded workflow is kept apart: it may be large. */
export interface ModelValues {
  name: string;
  workflowType: Model["workflowType"];
  /** null: the default of its type. */
  workflowFile: string | null;
  defaultSteps: number | null;
  defaultCfg: number | null;
  /** null: the project's size. */
  renderWidth: number | null;
  renderHeight: number | null;
  isActive: boolean;
}

export const NEW_MODEL: ModelValues = {
  name: "",
  workflowType: "text-to-image",
  workflowFile: null,
  defaultSteps: 8,
  defaultCfg: 1,
  renderWidth: null,
  renderHeight: null,
  isActive: true,
};

export function valuesOf(model: Model): ModelValues {
  const { name, workflowType, workflowFile, defaultSteps, defaultCfg, renderWidth, renderHeight, isActive } =
    model;
  return { name, workflowType, workflowFile, defaultSteps, defaultCfg, renderWidth, renderHeight, isActive };
}

/** What the API is sent to change a model. */
export const toUpdate = (values: ModelValues, upload: UploadedWorkflow | null) => ({
  ...withoutWorkflow(values),
  ...(upload ? { workflow: upload.text } : { workflowFile: values.workflowFile }),
});

/** What the API is sent to make one. */
export const toCreate = (values: ModelValues, upload: UploadedWorkflow | null): ModelCreate => ({
  ...withoutWorkflow(values),
  ...(upload
    ? { workflow: upload.text }
    : values.workflowFile !== null && { workflowFile: values.workflowFile }),
});

function withoutWorkflow(values: ModelValues) {
  const { name, workflowType, defaultSteps, defaultCfg, renderWidth, renderHeight, isActive } = values;
  return {
    name,
    workflowType,
    // What is no number is refused by the schema, at its field.
    defaultSteps: defaultSteps ?? Number.NaN,
    defaultCfg: defaultCfg ?? Number.NaN,
    renderWidth,
    renderHeight,
    isActive,
  };
}

/** Both sides or none: half a size would be no size. */
export function sizeProblem({ renderWidth, renderHeight }: ModelValues): Record<string, string> {
  if ((renderWidth === null) === (renderHeight === null)) return {};
  const field = renderWidth === null ? "renderWidth" : "renderHeight";
  return { [field]: "Give both sides, or leave both empty." };
}
