import type { Model, ModelCreate, ModelUpdate } from "@/lib/schemas/model";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { listSlots } from "@/server/workflow/list-slots";
import type { LoadedWorkflow } from "@/server/workflow/load-workflow";
import { workflowPathParts } from "@/server/workflow/workflow-path";
import type { ServiceContext } from "../context";
import { chooseSlots } from "./choose-slots";
import { inspectUpload, readUpload } from "./read-upload";
import { atField, saveWorkflow } from "./save-workflow";

type WorkflowFields = Pick<Model, "workflowFile" | "slots" | "slotChoices" | "maxReferences">;
type Given = Pick<ModelCreate | ModelUpdate, "workflow" | "slotChoices"> & {
  workflowFile?: string | null | undefined;
};
type ModelFields = Pick<Model, "workflowType" | "workflowCategory">;

/** The workflow that a request means, and its text in API format where it was uploaded. */
export interface MeantWorkflow {
  loaded: LoadedWorkflow;
  text: string | null;
}

/** Reads the workflow that a request gives, or names, or that a model of its type runs on by default. */
export async function readMeant(
  ctx: Pick<ServiceContext, "fleet" | "library">,
  { workflow, workflowFile = null }: Given,
  { workflowType }: Pick<Model, "workflowType">,
): Promise<MeantWorkflow> {
  if (workflow !== undefined) {
    const { loaded, text } = await atField("workflow", () => inspectUpload(ctx, workflow));
    return { loaded, text };
  }
  const file = workflowFileOf({ workflowFile, workflowType });
  return { loaded: await atField("workflowFile", () => ctx.library.load(file)), text: null };
}

/**
 * What a request makes of a model's workflow: its file, where values go in it, and how many references it takes. An
 * uploaded one is kept in the data folder, once all else is known to be right.
 * @param before the model's fields, whose choices are found again where the request gives none; null for a new one
 * @throws ShotboardError at `workflow`, `workflowFile` or `slotChoices`
 */
export async function workflowFields(
  ctx: Pick<ServiceContext, "fleet" | "library" | "dataDir">,
  modelId: string,
  given: Given,
  model: ModelFields,
  before: Pick<Model, "slots" | "slotChoices"> | null,
): Promise<WorkflowFields> {
  const { workflow, workflowFile = null } = given;
  if (model.workflowCategory === "video") {
    // It has no picture at its end: it is kept as it is.
    const none = { slots: [], slotChoices: [], maxReferences: 0 };
    if (workflow !== undefined) {
      const file = await atField("workflow", async () =>
        saveWorkflow(ctx, modelId, (await readUpload(ctx, workflow)).text),
      );
      return { ...none, workflowFile: file };
    }
    if (workflowFile !== null) await atField("workflowFile", () => workflowPathParts(workflowFile));
    return { ...none, workflowFile };
  }
  const { loaded, text } = await readMeant(ctx, given, model);
  const { choices, bound } = await chooseSlots(before, loaded, given.slotChoices);
  return {
    workflowFile: text === null ? workflowFile : await saveWorkflow(ctx, modelId, text),
    slots: listSlots(bound.slots),
    slotChoices: choices,
    maxReferences: bound.slots.maxReferences,
  };
}
