import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { generationJobs } from "@/server/db/schema";
import { isOurs } from "./claim";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import { FencedError, JobFailure } from "./run-errors";

/** A prompt that ComfyUI died over this often, with nothing else made between, is not given to it again. */
const CRASHES_MAX = 2;

/**
 * Notes that ComfyUI died while it had this job's prompt.
 * @throws JobFailure when it did so too often
 */
export async function countCrash(ctx: GenerationContext, job: JobRow): Promise<void> {
  const [row] = await ctx.database.db
    .update(generationJobs)
    .set({ promptId: null, crashes: sql`${generationJobs.crashes} + 1` })
    .where(isOurs(job))
    .returning({ crashes: generationJobs.crashes });
  if (!row) throw new FencedError(`Job ${job.id} has another owner.`);
  const { crashes } = row;
  if (crashes < CRASHES_MAX) return;
  throw new JobFailure({
    code: "crashes_comfyui",
    message: `ComfyUI died ${crashes} times while making this picture, so it was set aside.`,
    field: null,
    remedy: "Try another model or a smaller size, then generate it again.",
  });
}

/** A picture was made on a lane: what died there before it was not made by one and the same job again and again. */
export async function forgetCrashes(
  { database }: Pick<GenerationContext, "database">,
  lane: string,
): Promise<void> {
  await database.db
    .update(generationJobs)
    .set({ crashes: 0 })
    .where(
      and(
        inArray(generationJobs.status, ["queued", "running"]),
        eq(generationJobs.lane, lane),
        gt(generationJobs.crashes, 0),
      ),
    );
}
