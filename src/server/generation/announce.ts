import type { Job } from "@/lib/schemas/job";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { GenerationContext } from "./generation-context";
import { toJob, type JobRow } from "./job-state";
import { readSentenceStates } from "./sentence-state";

/** With more changed sentences than this, their whole project's state is sent instead. */
const ONE_BY_ONE = 100;

type Announcing = Pick<GenerationContext, "database" | "events" | "live">;

/** Tells everybody who looks at them how these sentences are now. Called after the commit. */
export async function announceSentences(
  ctx: Announcing,
  sentenceIds: readonly string[],
  queue: () => Promise<QueueStatus>,
): Promise<void> {
  if (sentenceIds.length === 0) return;
  const status = await queue();
  const states = await readSentenceStates(ctx.database.db, ctx.live, { sentenceIds: [...sentenceIds] });
  for (const [projectId, some] of Map.groupBy(states, (one) => one.projectId)) {
    if (some.length > ONE_BY_ONE)
      ctx.events.publish(projectId, {
        type: "snapshot",
        sentences: await readSentenceStates(ctx.database.db, ctx.live, { projectId }),
        queue: status,
      });
    else for (const sentence of some) ctx.events.publish(projectId, { type: "sentence", sentence });
  }
  ctx.events.publish(null, { type: "queue", queue: status });
}

/** Tells everybody who looks at its project how far a job is. */
export function announceJob(ctx: Announcing, row: JobRow): Job {
  const job = toJob(row, ctx.live);
  ctx.events.publishJob(job);
  return job;
}
