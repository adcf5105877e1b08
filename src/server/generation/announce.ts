import { inArray } from "drizzle-orm";
import type { Job } from "@/lib/schemas/job";
import type { QueueStatus } from "@/lib/schemas/queue";
import { generationJobs, sentences } from "@/server/db/schema";
import type { GenerationContext } from "./generation-context";
import { toJob, type JobRow } from "./job-state";
import { isProof } from "./proofs";
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
  if (sentenceIds.length > 0) await ctx.events.inTurn(() => tell(ctx, [...sentenceIds], queue));
}

async function tell(ctx: Announcing, ids: string[], queue: () => Promise<QueueStatus>): Promise<void> {
  const { db } = ctx.database;
  const status = await queue();
  if (ids.length > ONE_BY_ONE) {
    const projects = await db
      .selectDistinct({ id: sentences.projectId })
      .from(sentences)
      .where(inArray(sentences.id, ids));
    for (const { id: projectId } of projects) {
      const states = await readSentenceStates(db, ctx.live, { projectId });
      const snapshot = states.map((one) => one.sentence);
      ctx.events.publish(projectId, { type: "snapshot", sentences: snapshot, queue: status });
    }
  } else
    for (const { projectId, sentence } of await readSentenceStates(db, ctx.live, { sentenceIds: ids }))
      ctx.events.publish(projectId, { type: "sentence", sentence });
  ctx.events.publish(null, { type: "queue", queue: status });
}

/** Tells everybody how the queue is now. */
export async function announceQueue(
  { events }: Pick<Announcing, "events">,
  queue: () => Promise<QueueStatus>,
): Promise<void> {
  await events.inTurn(async () => events.publish(null, { type: "queue", queue: await queue() }));
}

/** Tells everybody who looks at their project how proofs stand; nothing of their sentences does. */
export async function announceProofs(ctx: Announcing, jobs: readonly JobRow[]): Promise<void> {
  const ids = jobs.filter(isProof).map((job) => job.id);
  if (ids.length === 0) return;
  const rows = await ctx.database.db.select().from(generationJobs).where(inArray(generationJobs.id, ids));
  for (const row of rows)
    if (row.projectId !== null) ctx.events.publish(row.projectId, { type: "job", job: toJob(row, ctx.live) });
}

/** Tells everybody who looks at its project how far a job is. */
export function announceJob(ctx: Announcing, row: JobRow): Job {
  const job = toJob(row, ctx.live);
  ctx.events.publishJob(job);
  return job;
}
