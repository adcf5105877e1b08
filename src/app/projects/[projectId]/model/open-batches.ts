import type { Sentence } from "@/lib/schemas/sentence";

/** Shots that were asked for together and are not over. */
export interface OpenBatch {
  batchId: string;
  /** When they were asked for, in ms since 1970. */
  queuedAt: number;
  shots: number;
}

/** The batches that are in line or being painted, the oldest first; what is being stopped is not counted. */
export function openBatches(sentences: readonly Sentence[]): OpenBatch[] {
  const jobs = sentences.flatMap(({ status, job }) =>
    status === "generating" && job && !job.isCancelling ? [job] : [],
  );
  return [...Map.groupBy(jobs, (job) => job.batchId)]
    .map(([batchId, some]) => ({
      batchId,
      queuedAt: Math.min(...some.slice(0, 1_000).map((job) => Date.parse(job.queuedAt))),
      shots: some.length,
    }))
    .toSorted((a, b) => a.queuedAt - b.queuedAt);
}
