import type { Model, ModelCreate } from "@/lib/schemas/model";

/** A workflow file that was chosen and is not saved yet. */
export interface UploadedWorkflow {
  name: string;
  text: string;
  /** In bytes. */
  size: number;
  /** Tells two uploads apart, also of one name. */
  key: string;
}

/** A model's fields as its form has them. An uploaded workflow is kept apart: it may be large. */
export interface ModelValues {
  name: string;
  workflowType: Model["workflowType"];
  /** null: the default of its type. */
  workflowFile: string | null;
  /** Where the user chose that values go; all others are as found. */
  slotChoices: Choice[];
  defaultSteps: number | null;
  defaultCfg: number | null;
  /** null: the project's size. */
  renderWidth: number | null;
  renderHeight: number | null;
  isActive: boolean;
}

/** A place that was chosen for a slot; `nodeId` null: it goes nowhere. */
export type Choice = NonNullable<ModelCreate["slotChoices"]>[number];

export const toChoices = (choices: Model["slotChoices"]): Choice[] =>
  choices.map(({ slot, nodeId, input }) => ({ slot, nodeId, input }));

export const NEW_MODEL: ModelValues = {
  name: "",
  workflowType: "text-to-image",
  workflowFile: null,
  slotChoices: [],
  defaultSteps: 8,
  defaultCfg: 1,
  renderWidth: null,
  renderHeight: null,
  isActive: true,
};

export function valuesOf(model: Model): ModelValues {
  const { name, workflowType, workflowFile, defaultSteps, defaultCfg } = model;
  const { renderWidth, renderHeight, isActive } = model;
  const slotChoices = toChoices(model.slotChoices);
  return {
    name,
    workflowType,
    workflowFile,
    slotChoices,
    defaultSteps,
    defaultCfg,
    renderWidth,
    renderHeight,
    isActive,
  };
}

/** What the API is sent to change a model: only what changed, so one whose file is gone can still be renamed. */
export function toUpdate(
  { defaultSteps, defaultCfg, workflowFile, ...changes }: Partial<ModelValues>,
  upload: UploadedWorkflow | null,
) {
  return {
    ...changes,
    ...(defaultSteps !== undefined && { defaultSteps: orNaN(defaultSteps) }),
    ...(defaultCfg !== undefined && { defaultCfg: orNaN(defaultCfg) }),
    ...(upload ? { workflow: upload.text } : workflowFile !== undefined && { workflowFile }),
  };
}

/** What is no number is refused by the schema, at its field. */
const orNaN = (value: number | null) => value ?? Number.NaN;

/** What the API is sent to make one. */
export const toCreate = (values: ModelValues, upload: UploadedWorkflow | null): ModelCreate => ({
  name: values.name,
  workflowType: values.workflowType,
  defaultSteps: orNaN(values.defaultSteps),
  defaultCfg: orNaN(values.defaultCfg),
  renderWidth: values.renderWidth,
  renderHeight: values.renderHeight,
  isActive: values.isActive,
  ...(values.slotChoices.length > 0 && { slotChoices: values.slotChoices }),
  ...(upload
    ? { workflow: upload.text }
    : values.workflowFile !== null && { workflowFile: values.workflowFile }),
});

/** Both sides or none: half a size would be no size. */
export function sizeProblem({ renderWidth, renderHeight }: ModelValues): Record<string, string> {
  if ((renderWidth === null) === (renderHeight === null)) return {};
  const field = renderWidth === null ? "renderWidth" : "renderHeight";
  return { [field]: "Give both sides, or leave both empty." };
}
