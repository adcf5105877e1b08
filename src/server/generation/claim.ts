import { and, eq, inArray, sql } from "drizzle-orm";
import type { Failure } from "@/lib/schemas/common";
import { generationJobs } from "@/server/db/schema";
import type { Plan } from "@/lib/plan/plan";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import { FencedError } from "./run-errors";

type Ctx = Pick<GenerationContext, "database">;

/**
 * Which attempt of a job a run owns; null before its first claim and while it claims. Set to the next number before
 * that is written: the row is never ahead of it but by another owner's doing.
 */
export interface Ownership {
  attempt: number | null;
}

/** The row's fence: true only while nobody claimed or submitted the job after us. */
export const isOurs = (job: Pick<JobRow, "id" | "attempt">) =>
  and(
    eq(generationJobs.id, job.id),
    eq(generationJobs.attempt, job.attempt),
    eq(generationJobs.status, "running"),
  );

/** The row of a ticket, whatever its state; null where its project is gone. */
export async function readJob({ database }: Ctx, jobId: string): Promise<JobRow | null> {
  const [row] = await database.db.select().from(generationJobs).where(eq(generationJobs.id, jobId));
  return row ?? null;
}

/** Makes a job ours, as it was just read: the fence grows. Null where it was settled or claimed meanwhile. */
export async function claimJob({ database }: Ctx, job: JobRow, lane: string): Promise<JobRow | null> {
  const [row] = await database.db
    .update(generationJobs)
    .set({
      status: "running",
      lane,
      attempt: sql`${generationJobs.attempt} + 1`,
      startedAt: sql`coalesce(${generationJobs.startedAt}, now())`,
      step: "starting",
    })
    .where(
      and(
        eq(generationJobs.id, job.id),
        eq(generationJobs.attempt, job.attempt),
        inArray(generationJobs.status, ["queued", "running"]),
      ),
    )
    .returning();
  return row ?? null;
}

export interface Submission {
  promptId: string;
  plan: Plan;
  fingerprint: string;
  seed: number;
  notes: string[];
}

/**
 * Stores what is about to be submitted, before it is: after a crash the prompt can be looked up.
 * @throws FencedError
 */
export async function noteSubmission(
  { database }: Ctx,
  job: JobRow,
  submission: Submission,
): Promise<JobRow> {
  const [row] = await database.db
    .update(generationJobs)
    .set({ ...submission, attempt: job.attempt + 1, submittedAt: sql`now()` })
    .where(isOurs(job))
    .returning();
  if (!row) throw new FencedError(`Job ${job.id} has another owner.`);
  return row;
}

/** Forgets a prompt that has nothing to give any more, so that the next attempt submits a new one. */
export async function forgetPrompt({ database }: Ctx, job: JobRow): Promise<void> {
  await database.db.update(generationJobs).set({ promptId: null }).where(isOurs(job));
}

/** Counts a transient failure, keeps its reason and says when the next attempt comes. */
export async function noteFailure(
  { database }: Ctx,
  job: Pick<JobRow, "id" | "attempt">,
  failures: number,
  { step, error }: { step: string; error: Failure },
): Promise<JobRow | null> {
  const [row] = await database.db
    .update(generationJobs)
    .set({ failures, step, error, progress: 0 })
    .where(isOurs(job))
    .returning();
  return row ?? null;
}
