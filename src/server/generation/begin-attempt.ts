import { randomUUID } from "node:crypto";
import type { Outcome } from "@/server/comfyui/outcome";
import { announceProofs, announceSentences } from "./announce";
import { claimJob, noteSubmission, readJob, type Ownership } from "./claim";
import { countCrash } from "./count-crash";
import type { FilledPlan } from "./fill-plan";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import type { Lane } from "./lane";
import { preparePrompt, type PreparedPrompt } from "./prepare-prompt";
import { resolveJob } from "./resolve-job";
import { findSubmitted } from "./resume-job";
import { CancelledError, FencedError } from "./run-errors";

const ANOTHER_OWNER = "The job has another owner.";

/** An attempt of which all is known and stored. */
export interface Attempt {
  job: JobRow;
  /** Where its prompt is, or shall be posted to. */
  server: LaneServer;
  filled: FilledPlan;
  /** null where an earlier attempt has posted it and it is only followed. */
  toPost: PreparedPrompt | null;
  /** How it ended, where that is known already. */
  outcome: Outcome | null;
}

/**
 * Claims a job and makes its next prompt ready to be posted: plan resolved, references uploaded, slots filled, the
 * attempt's UUID stored. A prompt that was submitted before is looked up first. Nothing of this needs the lane's place.
 * @throws CancelledError, FencedError, JobFailure, ComfyError
 */
export async function beginAttempt(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  { owned, signal }: { owned: Ownership; signal: AbortSignal },
): Promise<Attempt> {
  signal.throwIfAborted();
  const before = await readJob(ctx, jobId);
  if (before?.status !== "queued" && before?.status !== "running")
    throw new CancelledError("The job was settled before it began.");
  // Between two attempts it may have been given to another owner.
  if (owned.attempt !== null && before.attempt > owned.attempt) throw new FencedError(ANOTHER_OWNER);
  owned.attempt = null;
  const job = await claimJob(ctx, before, lane.server.url);
  if (!job) throw new FencedError(ANOTHER_OWNER);
  owned.attempt = job.attempt;
  if (job.cancelRequestedAt !== null) throw new CancelledError();
  await announceSentences(ctx, job.sentenceId === null ? [] : [job.sentenceId], lane.status);
  await announceProofs(ctx, [job]);
  const resumed = await findSubmitted(ctx, job, before.lane, lane.server, signal);
  if (resumed) return { job: { ...job, promptId: resumed.promptId }, ...resumed, toPost: null };
  if (lane.record.suspects.delete(job.id)) await countCrash(ctx, job);

  const resolved = await resolveJob(ctx, job);
  const prompt = await preparePrompt(ctx, lane.server, job, resolved, lane.uploaded, signal);
  signal.throwIfAborted();
  const notes = [...resolved.notes, ...prompt.notes];
  owned.attempt = job.attempt + 1;
  const submitted = await noteSubmission(ctx, job, { ...resolved, promptId: randomUUID(), notes });
  return { job: submitted, server: lane.server, filled: prompt, toPost: prompt, outcome: null };
}
