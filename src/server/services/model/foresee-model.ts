import { badRequest } from "@/lib/errors";
import type { Foresight } from "@/lib/schemas/common";
import type { PlanModel } from "@/lib/plan/plan";
import type { ModelUpdate } from "@/lib/schemas/model";
import { changing, foreseeDirty } from "@/server/generation/foresee-dirty";
import type { ServiceContext } from "../context";
import { requireModel } from "../require-row";
import { projectsOfModel } from "./model-usage";
import { chooseSlots } from "./choose-slots";
import { readMeant } from "./workflow-of";

type ModelRow = Awaited<ReturnType<typeof requireModel>>;

/** How many shots a change of a model would make dirty; nothing is changed. */
export async function foreseeModel(
  ctx: ServiceContext,
  { modelId, workflow, slotChoices, ...changes }: ModelUpdate,
): Promise<Foresight> {
  const { db } = ctx.database;
  const before = await requireModel(db, modelId);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (workflow !== undefined && changes.workflowFile !== undefined)
    throw badRequest("workflow_twice", "Give either workflowFile or workflow, not both.", "workflow");
  // It makes no pictures.
  if (before.workflowCategory === "video") return { shots: 0, projects: 0, locked: 0 };
  const row = { ...before, ...given };
  const isOther =
    workflow !== undefined || changes.workflowFile !== undefined || changes.workflowType !== undefined;
  const after =
    isOther || slotChoices !== undefined
      ? await planOn(ctx, row, before, { workflow, slotChoices, workflowFile: row.workflowFile })
      : await ctx.library.planModel(row);
  const models = changing(modelId, after);
  return foreseeDirty(ctx, await projectsOfModel(db, modelId), (inputs) => ({
    ...inputs,
    models: models(inputs.models),
  }));
}

async function planOn(
  ctx: ServiceContext,
  row: ModelRow,
  before: ModelRow,
  given: Pick<ModelUpdate, "workflow" | "slotChoices" | "workflowFile">,
): Promise<PlanModel> {
  const { loaded } = await readMeant(ctx, given, row);
  const { choices, bound } = await chooseSlots(before, loaded, given.slotChoices);
  return ctx.library.planModelOn({ ...row, slotChoices: choices }, bound);
}
