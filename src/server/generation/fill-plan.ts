import type { Plan } from "@/lib/plan/plan";
import type { Graph } from "@/server/workflow/graph";
import { fillWorkflow } from "@/server/workflow/fill-workflow";
import type { WorkflowLibrary } from "./workflow-library";

export interface FilledPlan {
  graph: Graph;
  outputNodeId: string;
  notes: string[];
}

/**
 * The graph that is sent for a plan.
 * @param references values for LoadImage, one for each of the plan's references
 * @param filenamePrefix carries job and attempt, so that ComfyUI makes a new file each time
 */
export async function fillPlan(
  library: WorkflowLibrary,
  plan: Plan,
  { seed, references, filenamePrefix }: { seed: number; references: string[]; filenamePrefix: string },
): Promise<FilledPlan> {
  const { graph, slots } = await library.load(plan.workflowFile, plan.slotChoices);
  return fillWorkflow(graph, slots, {
    prompt: plan.prompt,
    negative: plan.negativePrompt,
    seed,
    steps: plan.steps,
    cfg: plan.cfg,
    width: plan.width,
    height: plan.height,
    references,
    lora: plan.lora,
    filenamePrefix,
  });
}
