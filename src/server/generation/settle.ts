import { and, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { Failure } from "@/lib/schemas/common";
import type { SentenceStatus } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { generationJobs, projects, sentences, takes } from "@/server/db/schema";
import { isOurs } from "./claim";
import { fingerprintOf } from "./dirty";
import type { GenerationContext } from "./generation-context";
import { DEFAULT_QUEUE } from "./job-queue";
import type { JobRow } from "./job-state";
import { IS_FOR_BOARD, isProof } from "./proofs";
import { readProjectPlans, type SentenceRow } from "./plan-inputs";
import { FencedError } from "./run-errors";
import { shownFields } from "./shown-fields";

/** The queue a job's ticket is in. */
export const queueOfJob = (job: Pick<JobRow, "input">): string => job.input.modelId ?? DEFAULT_QUEUE;

type Take = Omit<typeof takes.$inferInsert, "sentenceId" | "jobId">;

/**
 * The picture is on disk: take, sentence, job and ticket in ONE transaction, only while the job is ours.
 * @returns the file that the sentence shall show now, or null where the user chose another take since, or it is a proof
 * @throws FencedError with nothing written
 */
export async function settleCompleted(
  ctx: GenerationContext,
  job: JobRow,
  take: Take,
  notes: string[],
): Promise<string | null> {
  return ctx.database.db.transaction(async (tx) => {
    // Whoever changes the project's inputs at this moment is waited for: its flags and ours come one after the other.
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, job.projectId!)).for("share");
    await endJob(ctx, tx, job, { status: "completed", progress: 100, step: null, notes, error: null });
    const sentence = await lockSentence(tx, job.sentenceId!);
    await tx.insert(takes).values({ ...take, sentenceId: sentence.id, jobId: job.id });
    if (isProof(job)) return null;
    const isSelected = sentence.takeSelectedAt === null || sentence.takeSelectedAt < job.queuedAt;
    const plans = await readProjectPlans(tx, ctx.library, sentence.projectId, [sentence.id]);
    const now = fingerprintOf(plans!.inputsOf(sentence, job.input.overrides));
    const status = await stateAfter(tx, job, "completed");
    await tx
      .update(sentences)
      .set({
        status,
        ...(isSelected && {
          ...shownFields(sentence, take.id),
          isImageDirty: now !== take.fingerprint || (take.renderer === "demo" && !ctx.fleet.isDemo),
          ...(!sentence.isSeedLocked && { seed: take.seed }),
        }),
      })
      .where(eq(sentences.id, sentence.id));
    return isSelected ? take.file : null;
  });
}

/**
 * A test's picture is on disk: its job and ticket end in one transaction, only while the job is ours.
 * @returns ids of earlier tests of the same model and style: one picture of them is enough
 * @throws FencedError with nothing written
 */
export async function settleTested(ctx: GenerationContext, job: JobRow, notes: string[]): Promise<string[]> {
  return ctx.database.db.transaction(async (tx) => {
    await endJob(ctx, tx, job, { status: "completed", progress: 100, step: null, notes, error: null });
    const { modelId, overrides } = job.input;
    const rows = await tx
      .delete(generationJobs)
      .where(
        and(
          eq(generationJobs.kind, "test"),
          inArray(generationJobs.status, ["completed", "failed", "cancelled"]),
          lt(generationJobs.queuedAt, job.queuedAt),
          sql`${generationJobs.input} ->> 'modelId' = ${modelId}`,
          sql`coalesce(${generationJobs.input} -> 'overrides' ->> 'styleId', '') = ${overrides.styleId ?? ""}`,
        ),
      )
      .returning({ id: generationJobs.id });
    return rows.map((row) => row.id);
  });
}

/** The job ends without a picture; its sentence keeps the old one. */
export async function settleFailed(ctx: GenerationContext, job: JobRow, failure: Failure): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    await endJob(ctx, tx, job, { status: "failed", step: null, error: failure, failures: job.failures });
    if (job.sentenceId === null || isProof(job)) return;
    await lockSentence(tx, job.sentenceId);
    const status = await stateAfter(tx, job, "failed");
    await tx
      .update(sentences)
      .set({ status, error: failure, failedJobs: sql`${sentences.failedJobs} + 1` })
      .where(eq(sentences.id, job.sentenceId));
  });
}

/** The job ends because the user asked for it. */
export async function settleCancelled(ctx: GenerationContext, job: JobRow): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    await endJob(ctx, tx, job, { status: "cancelled", step: null, error: null });
    if (job.sentenceId === null || isProof(job)) return;
    await lockSentence(tx, job.sentenceId);
    const status = await stateAfter(tx, job, "cancelled");
    await tx.update(sentences).set({ status }).where(eq(sentences.id, job.sentenceId));
  });
}

/**
 * The job goes back, uncounted: its owner ends or its lane is in trouble.
 * @param isLast whether all others go first from now on
 */
export async function releaseJob(
  ctx: GenerationContext,
  job: JobRow,
  step: string | null,
  { isLast = false } = {},
): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(generationJobs)
      .set({ status: "queued", step, progress: 0 })
      .where(isOurs(job))
      .returning({ id: generationJobs.id });
    if (row) await ctx.queue.release(tx, queueOfJob(job), job.id, { isLast });
  });
  ctx.live.forget(job.id);
}

async function endJob(
  ctx: GenerationContext,
  tx: Tx,
  job: JobRow,
  end: Partial<typeof generationJobs.$inferInsert>,
): Promise<void> {
  const [row] = await tx
    .update(generationJobs)
    .set({ ...end, endedAt: sql`now()` })
    .where(isOurs(job))
    .returning({ id: generationJobs.id });
  if (!row) throw new FencedError(`Job ${job.id} has another owner.`);
  await ctx.queue.complete(tx, queueOfJob(job), job.id);
}

async function lockSentence(tx: Tx, sentenceId: string): Promise<SentenceRow> {
  const [row] = await tx.select().from(sentences).where(eq(sentences.id, sentenceId)).for("update");
  if (!row) throw new FencedError(`Sentence ${sentenceId} is gone.`);
  return row;
}

/**
 * A sentence once one of its jobs has ended: generating until all have; failed only if no picture
 * was made since that one was asked for; after a cancel, completed if there is a picture, else pending. What failed before stays told beside it.
 */
async function stateAfter(
  tx: Tx,
  job: Pick<JobRow, "id" | "queuedAt" | "sentenceId">,
  end: "completed" | "failed" | "cancelled",
): Promise<SentenceStatus> {
  const sentenceId = job.sentenceId!;
  const others = await tx
    .select({ status: generationJobs.status, endedAt: generationJobs.endedAt })
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.sentenceId, sentenceId),
        ne(generationJobs.id, job.id),
        IS_FOR_BOARD,
        inArray(generationJobs.status, ["queued", "running", "completed"]),
      ),
    );
  if (others.some((one) => one.status !== "completed")) return "generating";
  if (end === "completed" || others.some((one) => one.endedAt! >= job.queuedAt)) return "completed";
  if (end === "failed") return "failed";
  const [sentence] = await tx
    .select({ imageFile: sentences.imageFile })
    .from(sentences)
    .where(eq(sentences.id, sentenceId));
  return sentence?.imageFile == null ? "pending" : "completed";
}
