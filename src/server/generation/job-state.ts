import type { Job } from "@/lib/schemas/job";
import type { generationJobs } from "@/server/db/schema";
import type { LiveProgress } from "./live-progress";

export type JobRow = typeof generationJobs.$inferSelect;

/** A job as the API shows it: its row, and what its lane knows newer. */
export function toJob(row: JobRow, live: LiveProgress): Job {
  const isRunning = row.status === "running";
  const now = isRunning ? live.of(row.id) : undefined;
  return {
    id: row.id,
    batchId: row.batchId,
    projectId: row.projectId,
    sentenceId: row.sentenceId,
    kind: row.kind,
    isProof: row.input.isProof === true,
    status: row.status,
    isCancelling: isRunning && row.cancelRequestedAt !== null,
    progress: now?.progress ?? row.progress,
    step: now?.step ?? row.step,
    attempt: row.attempt,
    failures: row.failures,
    lane: row.lane,
    seed: row.seed,
    priority: row.priority,
    notes: row.notes,
    error: row.error,
    preview: now?.preview?.number ?? 0,
    queuedAt: row.queuedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
