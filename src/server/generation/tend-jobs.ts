import { and, eq, inArray } from "drizzle-orm";
import { generationJobs } from "@/server/db/schema";
import { announceSentences } from "./announce";
import type { GenerationContext } from "./generation-context";
import type { Lane } from "./lane";
import { requeueOrphans, showStored } from "./recover-jobs";

/** A round of the queue's upkeep: signs of life, requests to stop, lost ownership, and jobs whose owner was lost. */
export async function tendJobs(ctx: GenerationContext, lanes: readonly Lane[]): Promise<void> {
  if (ctx.unshown.size > 0) await showStored(ctx, [...ctx.unshown]);
  for (const lane of lanes) await tendLane(ctx, lane);
  const orphans = await requeueOrphans(ctx);
  const [lane] = lanes;
  if (lane) await announceSentences(ctx, orphans, lane.status);
}

async function tendLane({ database, queue, live }: GenerationContext, lane: Lane): Promise<void> {
  const active = lane.jobs.all;
  await lane.keep();
  for (const [name, some] of Map.groupBy(active, (one) => one.queue))
    await queue.touch(
      name,
      some.map((one) => one.jobId),
    );
  if (active.length === 0) return;
  const ids = active.map((one) => one.jobId);
  const rows = await database.db
    .select({
      id: generationJobs.id,
      attempt: generationJobs.attempt,
      cancelRequestedAt: generationJobs.cancelRequestedAt,
    })
    .from(generationJobs)
    .where(inArray(generationJobs.id, ids));
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const { jobId } of active) {
    const row = known.get(jobId);
    // Read while the rows were on their way, it may be newer than they are, never older.
    const attempt = lane.jobs.attemptOf(jobId);
    if (!row || (attempt !== null && row.attempt > attempt)) lane.jobs.fence(jobId);
    else if (row.cancelRequestedAt !== null) lane.jobs.cancel(jobId);
    const now = live.of(jobId);
    if (now && attempt !== null)
      await database.db
        .update(generationJobs)
        .set({ progress: now.progress, step: now.step })
        .where(
          and(
            eq(generationJobs.id, jobId),
            eq(generationJobs.status, "running"),
            eq(generationJobs.attempt, attempt),
          ),
        );
  }
}
