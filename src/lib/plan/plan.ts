import type { Failure } from "@/lib/schemas/common";
import type { Overrides } from "@/lib/schemas/image";
import type { SlotChoice, SlotName, WorkflowType } from "@/lib/schemas/model";

/** A model as a plan needs it: its row, and what its workflow can take. */
export interface PlanModel {
  /** null for a default graph that no model names. */
  id: string | null;
  name: string;
  workflowCategory: "image" | "video";
  workflowType: WorkflowType;
  workflowFile: string;
  /** Of its graph, and of where the user chose that values go. */
  workflowHash: string;
  slotChoices: readonly SlotChoice[];
  /** null leaves the workflow's own value. */
  defaultSteps: number | null;
  defaultCfg: number | null;
  renderWidth: number | null;
  renderHeight: number | null;
  maxReferences: number;
  /** Whether its reference chain can be cut out. */
  runsWithoutReference: boolean;
  slots: ReadonlySet<SlotName>;
  isActive: boolean;
  /** Why its workflow cannot be used, if it cannot. */
  problem: Failure | null;
}

export interface PlanStyle {
  id: string;
  name: string;
  styleType: "prompt" | "lora";
  promptPrefix: string | null;
  negativePrompt: string | null;
  loraFile: string | null;
  loraStrength: number;
  compatibleModels: readonly string[];
  requiresCharacterRef: boolean;
  isActive: boolean;
}

export interface PlanCharacter {
  id: string;
  name: string;
  description: string;
  mainImageId: string | null;
}

export interface PlanSentence {
  text: string;
  imagePrompt: string | null;
  modelId: string | null;
  styleId: string | null;
  seed: number | null;
  isSeedLocked: boolean;
  /** null = found in the text. */
  characterIds: readonly string[] | null;
}

/** All that one picture's plan is resolved from, as the rows are now. */
export interface PlanInputs {
  overrides: Overrides;
  sentence: PlanSentence;
  project: { modelId: string | null; styleId: string | null; width: number; height: number };
  models: ReadonlyMap<string, PlanModel>;
  styles: ReadonlyMap<string, PlanStyle>;
  characters: ReadonlyMap<string, PlanCharacter>;
  /** Ids of the project's cast. */
  cast: readonly string[];
  defaults: Record<"text-to-image" | "image-to-image", PlanModel>;
}

export interface Reference {
  characterId: string;
  imageId: string;
}

/** All values that one picture is made from, resolved. */
export interface Plan {
  modelId: string | null;
  modelName: string;
  workflowFile: string;
  workflowHash: string;
  /** Missing in plans of jobs that were queued before there were any. */
  slotChoices?: readonly SlotChoice[];
  prompt: string;
  negativePrompt: string | null;
  styleId: string | null;
  lora: { file: string; strength: number } | null;
  references: Reference[];
  width: number;
  height: number;
  /** The request's or the sentence's locked one; null = to be drawn. */
  seed: number | null;
  steps: number | null;
  cfg: number | null;
}

export type PlanResult =
  | { plan: Plan; notes: string[]; failure: null }
  | { plan: null; notes: string[]; failure: Failure };
