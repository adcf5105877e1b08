import type { PlanModel } from "@/lib/plan/plan";
import type { SlotChoice, SlotName } from "@/lib/schemas/model";
import { slotNames } from "@/lib/schemas/model";
import type { generationModels } from "@/server/db/schema";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { bindWorkflow } from "@/server/workflow/bind-workflow";
import { loadWorkflow, type LoadedWorkflow } from "@/server/workflow/load-workflow";
import { canRunWithoutReference, missingSlots } from "@/server/workflow/slots";
import { WorkflowError } from "@/server/workflow/workflow-error";

type ModelRow = typeof generationModels.$inferSelect;

/** The workflows that models run on, from the project's `workflows/` and the data folder's. */
export class WorkflowLibrary {
  /** Folders with workflow files, the first that has a file wins. */
  readonly roots: readonly string[];

  constructor(roots: readonly string[]) {
    this.roots = roots;
  }

  /**
   * @param choices where the user chose that values go
   * @throws WorkflowError where the file is missing, outside, or no workflow that makes an image
   */
  async load(file: string, choices: readonly SlotChoice[] = []): Promise<LoadedWorkflow> {
    return bindWorkflow(await loadWorkflow({ file, roots: this.roots }), choices);
  }

  /** A model as plans need it; one whose workflow cannot be used carries the reason. */
  async planModel(row: ModelRow): Promise<PlanModel> {
    const own = ownFields(row);
    try {
      const loaded = await this.load(own.workflowFile, row.slotChoices);
      return this.planModelOn(row, loaded);
    } catch (error) {
      if (!(error instanceof WorkflowError)) throw error;
      const { code, message, field, remedy } = error;
      const problem = {
        code,
        message: `The workflow of "${row.name}" cannot be used: ${message}`,
        field,
        remedy,
      };
      return {
        ...own,
        workflowHash: "",
        maxReferences: 0,
        runsWithoutReference: true,
        slots: new Set(),
        problem,
      };
    }
  }

  /** A model as plans would need it on this workflow. */
  planModelOn(row: ModelRow, loaded: LoadedWorkflow): PlanModel {
    return { ...ownFields(row), ...capabilities(loaded), problem: null };
  }

  /** The default graphs, as models without an id. */
  async defaults(): Promise<Record<"text-to-image" | "image-to-image", PlanModel>> {
    const [textToImage, imageToImage] = await Promise.all([
      this.#default("text-to-image", "the default text-to-image workflow"),
      this.#default("image-to-image", "the default image-to-image workflow"),
    ]);
    return { "text-to-image": textToImage, "image-to-image": imageToImage };
  }

  async #default(workflowType: "text-to-image" | "image-to-image", name: string): Promise<PlanModel> {
    const workflowFile = DEFAULT_WORKFLOWS[workflowType];
    return {
      id: null,
      name,
      workflowCategory: "image",
      workflowType,
      workflowFile,
      slotChoices: [],
      defaultSteps: null,
      defaultCfg: null,
      renderWidth: null,
      renderHeight: null,
      isActive: true,
      ...capabilities(await this.load(workflowFile)),
      problem: null,
    };
  }
}

function ownFields(row: ModelRow) {
  return {
    id: row.id,
    name: row.name,
    workflowCategory: row.workflowCategory,
    workflowType: row.workflowType,
    workflowFile: workflowFileOf(row),
    slotChoices: row.slotChoices,
    defaultSteps: row.defaultSteps,
    defaultCfg: row.defaultCfg,
    renderWidth: row.renderWidth,
    renderHeight: row.renderHeight,
    isActive: row.isActive,
  };
}

/** The workflow a model runs on: its own file, or the default of its type. */
export function workflowFileOf(row: Pick<ModelRow, "workflowFile" | "workflowType">): string {
  return (
    row.workflowFile ??
    DEFAULT_WORKFLOWS[row.workflowType === "text-to-image" ? "text-to-image" : "image-to-image"]
  );
}

function capabilities({ hash, slots }: LoadedWorkflow) {
  const missing = new Set<SlotName>(missingSlots(slots, slotNames));
  return {
    workflowHash: hash,
    maxReferences: slots.maxReferences,
    runsWithoutReference: canRunWithoutReference(slots),
    slots: new Set(slotNames.filter((name) => !missing.has(name))),
  };
}
