import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { OutputFile } from "@/server/comfyui/history";
import type { Outcome } from "@/server/comfyui/outcome";
import { generationJobs } from "@/server/db/schema";
import { announceJob, announceSentences } from "./announce";
import { claimJob, forgetPrompt, noteSubmission, readJob } from "./claim";
import type { GenerationContext, LaneServer } from "./generation-context";
import type { FilledPlan } from "./fill-plan";
import type { Lane } from "./lane";
import { preparePrompt } from "./prepare-prompt";
import type { JobRow } from "./job-state";
import { resolveJob } from "./resolve-job";
import { findSubmitted } from "./resume-job";
import { CancelledError, JobFailure } from "./run-errors";

/** A picture that waits at ComfyUI to be fetched. */
export interface Rendered {
  job: JobRow;
  server: LaneServer;
  file: OutputFile;
  notes: string[];
}

/** A prompt that ComfyUI died over this often, with nothing else made between, is not given to it again. */
const CRASHES_MAX = 2;

/**
 * One attempt, from claim to the picture being ready at ComfyUI: the only part that occupies the lane. A job that
 * was submitted before is looked up first and followed instead of posted again.
 * @throws CancelledError, FencedError, JobFailure, ComfyError
 */
export async function render(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  signal: AbortSignal,
): Promise<Rendered> {
  signal.throwIfAborted();
  const before = await readJob(ctx, jobId);
  let job = await claimJob(ctx, jobId, lane.server.url);
  if (!before || !job) throw new CancelledError("The job was settled before it began.");
  if (job.cancelRequestedAt !== null) throw new CancelledError();
  await announceSentences(ctx, job.sentenceId === null ? [] : [job.sentenceId], lane.status);
  lane.working(job);
  const resumed = await findSubmitted(ctx, job, before.lane, lane.server, signal);
  if (resumed)
    return follow(
      ctx,
      lane,
      { job, server: resumed.server, promptId: resumed.promptId, filled: resumed.filled },
      signal,
    );
  if (lane.suspects.delete(job.id)) await countCrash(ctx, job, job.crashes + 1);

  const resolved = await resolveJob(ctx, job);
  const filled = await preparePrompt(ctx, lane.server, job, resolved, lane.uploaded, signal);
  signal.throwIfAborted();
  const notes = [...resolved.notes, ...filled.notes];
  const promptId = randomUUID();
  job = await noteSubmission(ctx, job, { ...resolved, promptId, notes });
  lane.working(job);
  const answer = await lane.session.submit({
    graph: filled.graph,
    promptId,
    workflow: filled.workflow,
    signal,
  });
  if (answer.promptId !== promptId)
    // An older server chose an id of its own: it is the one to look up.
    await ctx.database.db
      .update(generationJobs)
      .set({ promptId: answer.promptId })
      .where(eq(generationJobs.id, job.id));
  return follow(ctx, lane, { job, server: lane.server, promptId: answer.promptId, filled }, signal);
}

interface Submitted {
  job: JobRow;
  server: LaneServer;
  promptId: string;
  filled: FilledPlan;
}

async function follow(
  ctx: GenerationContext,
  lane: Lane,
  { job, server, promptId, filled }: Submitted,
  signal: AbortSignal,
): Promise<Rendered> {
  const outcome = await lane.session.follow({
    promptId,
    graph: filled.graph,
    outputNodeId: filled.outputNodeId,
    signal,
    onProgress: ({ percent, step }) => {
      ctx.live.report(job.id, percent, step);
      announceJob(ctx, job);
    },
    onPreview: ({ bytes, mime }) => {
      ctx.live.show(job.id, bytes, mime);
      announceJob(ctx, job);
    },
  });
  const file = outcome.kind === "finished" ? outcome.files[0] : undefined;
  if (file) return { job, server, file, notes: job.notes };
  throw await failureOf(ctx, job, outcome, server, promptId);
}

/** What an attempt without a picture means; its prompt is forgotten, so that the next attempt submits anew. */
async function failureOf(
  ctx: GenerationContext,
  job: JobRow,
  outcome: Outcome,
  { client }: LaneServer,
  promptId: string,
): Promise<Error> {
  if (outcome.kind === "lost" && outcome.wasUnreachable && !ctx.isDemo)
    await countCrash(ctx, job, job.crashes + 1);
  else await forgetPrompt(ctx, job, job.crashes);
  if (outcome.kind === "failed") {
    if (outcome.error.code === "stalled") await client.cancel(promptId);
    return outcome.error;
  }
  if (outcome.kind === "interrupted")
    return new JobFailure({
      code: "interrupted",
      message: "The picture was stopped in ComfyUI, by another program or by hand.",
      field: null,
      remedy: "Generate it again.",
    });
  return new ComfyError("execution_failed", "transient", "ComfyUI lost this picture, as after a restart.", {
    remedy: "Trying again usually helps.",
  });
}

/** @throws JobFailure when ComfyUI died over this job too often */
async function countCrash(ctx: GenerationContext, job: JobRow, crashes: number): Promise<void> {
  await forgetPrompt(ctx, job, crashes);
  if (crashes < CRASHES_MAX) return;
  throw new JobFailure({
    code: "crashes_comfyui",
    message: `ComfyUI died ${crashes} times while making this picture, so it was set aside.`,
    field: null,
    remedy: "Try another model or a smaller size, then generate it again.",
  });
}
