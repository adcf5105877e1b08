import { badRequest } from "@/lib/errors";
import type { Foresight } from "@/lib/schemas/common";
import type { ModelUpdate } from "@/lib/schemas/model";
import { changing, foreseeDirty } from "@/server/generation/foresee-dirty";
import { readWorkflow } from "@/server/workflow/load-workflow";
import type { ServiceContext } from "../context";
import { requireModel } from "../require-row";
import { projectsOfModel } from "./model-usage";
import { atField } from "./save-workflow";

/** How many shots a change of a model would make dirty; nothing is changed. */
export async function foreseeModel(
  ctx: ServiceContext,
  { modelId, workflow, ...changes }: ModelUpdate,
): Promise<Foresight> {
  const { db } = ctx.database;
  const before = await requireModel(db, modelId);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (workflow !== undefined && changes.workflowFile !== undefined)
    throw badRequest("workflow_twice", "Give either workflowFile or workflow, not both.", "workflow");
  // It makes no pictures.
  if (before.workflowCategory === "video") return { shots: 0, projects: 0, locked: 0 };
  const row = { ...before, ...given };
  const after =
    workflow === undefined
      ? await ctx.library.planModel(row)
      : ctx.library.planModelOn(row, await atField("workflow", () => readWorkflow(workflow)));
  const models = changing(modelId, after);
  return foreseeDirty(ctx, await projectsOfModel(db, modelId), (inputs) => ({
    ...inputs,
    models: models(inputs.models),
  }));
}
