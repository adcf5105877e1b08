import { z } from "zod";
import { idSchema } from "@/lib/schemas/common";
import * as model from "@/lib/schemas/model";
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
  /** Deletes a model that nothing uses. */
  delete: procedure
    .input(model.modelInput)
    .output(deleted)
    .mutation(({ ctx, input }) => models.deleteModel(ctx.services, input)),
});
