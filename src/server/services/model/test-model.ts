import type { ModelTest } from "@/lib/schemas/model";
import type { ServiceContext } from "../context";
import { requireModel, requireStyle } from "../require-row";

/** Queues one picture of a model, and of a style in it, that belongs to no sentence. */
export async function testModel(ctx: ServiceContext, input: ModelTest): Promise<{ jobId: string }> {
  await requireModel(ctx.database.db, input.modelId);
  if (input.styleId !== undefined) await requireStyle(ctx.database.db, input.styleId);
  return ctx.generation.test(input);
}
