import type { PlanCharacter, PlanInputs, PlanModel, PlanStyle } from "@/lib/plan/plan";

const ALL_SLOTS = [
  "prompt",
  "negative",
  "seed",
  "steps",
  "cfg",
  "width",
  "height",
  "reference",
  "lora",
  "output",
] as const;

/** An image model that can do everything, unless told otherwise. */
export function model(more: Partial<PlanModel> = {}): PlanModel {
  return {
    id: "klein",
    name: "Klein",
    workflowCategory: "image",
    workflowType: "image-to-image",
    workflowFile: "workflows/image/klein.json",
    workflowHash: "hash-of-klein",
    slotChoices: [],
    defaultSteps: 20,
    defaultCfg: 5,
    renderWidth: null,
    renderHeight: null,
    maxReferences: 2,
    runsWithoutReference: true,
    slots: new Set(ALL_SLOTS),
    isActive: true,
    problem: null,
    ...more,
  };
}

/** A text-to-image model: no references, no negative prompt. */
export const turbo = model({
  id: "turbo",
  name: "Turbo",
  workflowType: "text-to-image",
  workflowFile: "workflows/image/turbo.json",
  workflowHash: "hash-of-turbo",
  defaultSteps: 8,
  defaultCfg: 1,
  maxReferences: 0,
  slots: new Set(["prompt", "seed", "steps", "cfg", "width", "height", "lora", "output"]),
});

export function style(more: Partial<PlanStyle> = {}): PlanStyle {
  return {
    id: "noir",
    name: "Noir",
    styleType: "prompt",
    promptPrefix: "Film noir still",
    negativePrompt: null,
    loraFile: null,
    loraStrength: 1,
    compatibleModels: [],
    requiresCharacterRef: false,
    isActive: true,
    ...more,
  };
}

const byId = <T extends { id: string | null }>(things: readonly T[]) =>
  new Map(things.map((one) => [one.id!, one]));

export interface Given {
  overrides?: PlanInputs["overrides"];
  sentence?: Partial<PlanInputs["sentence"]>;
  project?: Partial<PlanInputs["project"]>;
  models?: PlanModel[];
  styles?: PlanStyle[];
  characters?: PlanCharacter[];
  cast?: string[];
  defaults?: Partial<PlanInputs["defaults"]>;
}

/** The rows of a small project: one sentence, the models Klein and Turbo, the style Noir, Mira and Jonas. */
export function inputs(given: Given = {}): PlanInputs {
  const people = given.characters ?? [
    { id: "mira", name: "Mira", description: "", mainImageId: "mira-1" },
    { id: "jonas", name: "Jonas", description: "", mainImageId: "jonas-1" },
    { id: "ghost", name: "Ghost", description: "", mainImageId: null },
  ];
  return {
    overrides: given.overrides ?? {},
    sentence: {
      text: "The harbour lay empty.",
      imagePrompt: null,
      modelId: null,
      styleId: null,
      seed: null,
      isSeedLocked: false,
      characterIds: null,
      ...given.sentence,
    },
    project: { modelId: "turbo", styleId: null, width: 1920, height: 1088, ...given.project },
    models: byId(given.models ?? [model(), turbo]),
    styles: byId(given.styles ?? [style()]),
    characters: byId(people),
    cast: given.cast ?? people.map((one) => one.id),
    defaults: {
      "text-to-image": {
        ...turbo,
        id: null,
        name: "the default text-to-image workflow",
        defaultSteps: null,
        defaultCfg: null,
      },
      "image-to-image": model({
        id: null,
        name: "the default image-to-image workflow",
        defaultSteps: null,
        defaultCfg: null,
      }),
      ...given.defaults,
    },
  };
}
