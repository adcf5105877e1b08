import type { GenerateOutput } from "@/lib/schemas/image";
import type { TakeRedo } from "@/lib/schemas/take";
import type { ServiceContext } from "../context";

/** Queues a take's picture once more, exactly as it was made: see `Generation.redo`. */
export async function redoTake(ctx: ServiceContext, input: TakeRedo): Promise<GenerateOutput> {
  return ctx.generation.redo(input);
}
