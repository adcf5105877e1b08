import { z } from "zod";
import { foresightSchema, idSchema } from "@/lib/schemas/common";
import * as model from "@/lib/schemas/model";
import { foreseeModel } from "@/server/services/model/foresee-model";
import { inspectModel } from "@/server/services/model/inspect-model";
import { listWorkflows } from "@/server/services/model/list-workflows";
import { testModel } from "@/server/services/model/test-model";
import { getModelUsage } from "@/server/services/model/model-usage";
import * as models from "@/server/services/model/models";
import { procedure, router } from "./procedure";

const deleted = z.object({ id: idSchema });

export const modelRouter = router({
  list: procedure
    .input(model.modelListInput)
    .output(model.modelListOutput)
    .query(({ ctx, input }) => models.listModels(ctx.services, input)),
  get: procedure
    .input(model.modelInput)
    .output(model.modelSchema)
    .query(({ ctx, input }) => models.getModel(ctx.services, input)),
  /** Makes a model on a workflow file that is there, on an uploaded one, or on the default of its type. */
  create: procedure
    .input(model.modelCreateInput)
    .output(model.modelSchema)
    .mutation(({ ctx, input }) => models.createModel(ctx.services, input)),
  update: procedure
    .input(model.modelUpdateInput)
    .output(model.modelSchema)
    .mutation(({ ctx, input }) => models.updateModel(ctx.services, input)),
  /** What is found in a workflow, and what each connected server lacks for it; nothing is stored. */
  inspect: procedure
    .input(model.modelInspectInput)
    .output(model.modelInspectionSchema)
    .mutation(({ ctx, input }) => inspectModel(ctx.services, input)),
  /** Paints one picture that belongs to no sentence: `job.get` tells how far it is. */
  test: procedure
    .input(model.modelTestInput)
    .output(model.modelTestOutput)
    .mutation(({ ctx, input }) => testModel(ctx.services, input)),
  /** The workflow files that a model can be made on. */
  workflows: procedure.output(model.workflowListOutput).query(({ ctx }) => listWorkflows(ctx.services)),
  /** How many shots such an update would make dirty; nothing is changed. A mutation, since a workflow fits no URL. */
  foresee: procedure
    .input(model.modelUpdateInput)
    .output(foresightSchema)
    .mutation(({ ctx, input }) => foreseeModel(ctx.services, input)),
  /** What uses a model. */
  usage: procedure
    .input(model.modelInput)
    .output(model.modelUsageSchema)
    .query(({ ctx, input }) => getModelUsage(ctx.services, input)),
  /** Deletes a model that nothing uses. */
  delete: procedure
    .input(model.modelInput)
    .output(deleted)
    .mutation(({ ctx, input }) => models.deleteModel(ctx.services, input)),
});
