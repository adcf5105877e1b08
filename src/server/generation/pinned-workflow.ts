import type { Plan } from "@/lib/plan/plan";
import type { Failure } from "@/lib/schemas/common";
import { WorkflowError } from "@/server/workflow/workflow-error";
import type { WorkflowLibrary } from "./workflow-library";

/** Whether the very workflow of a plan is still there. */
export async function hasWorkflow(library: WorkflowLibrary, plan: Plan): Promise<boolean> {
  try {
    const { hash } = await library.load(plan.workflowFile, plan.slotChoices);
    return hash === plan.workflowHash;
  } catch (error) {
    if (error instanceof WorkflowError) return false;
    throw error;
  }
}

/** Why a plan cannot be painted exactly again. */
export const workflowChanged = ({ modelName }: Plan): Failure => ({
  code: "workflow_changed",
  message: `The workflow of ${modelName} was changed or removed since this take was made: it cannot be painted exactly again.`,
  field: "takeId",
  remedy: "Generate the shot to paint it with the workflow as it is now.",
});
