import { ComfyError } from "@/server/comfyui/comfy-error";
import type { FollowJob } from "@/server/comfyui/comfy-session";
import { notAnsweringStep } from "@/server/comfyui/follow-prompt";
import type { OutputFile } from "@/server/comfyui/history";
import type { Outcome } from "@/server/comfyui/outcome";
import { generationJobs } from "@/server/db/schema";
import { announceJob } from "./announce";
import { beginAttempt, type Attempt } from "./begin-attempt";
import { forgetPrompt, isOurs, type Ownership } from "./claim";
import { countCrash } from "./count-crash";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import type { Lane } from "./lane";
import { JobFailure, StoppingError } from "./run-errors";

/** A picture that waits at ComfyUI to be fetched. */
export interface Rendered {
  job: JobRow;
  server: LaneServer;
  file: OutputFile;
  notes: string[];
}

export interface RenderOptions {
  /** Called when ComfyUI has the prompt. */
  onPosted: () => void;
  /** Called in the lane's place with what went wrong there, before anything else is posted. */
  onFailed: (error: unknown) => Promise<void>;
  owned: Ownership;
  signal: AbortSignal;
}

/**
 * One attempt, until the picture is ready at ComfyUI. It begins beside the lane; the lane's place is needed from the
 * post of the prompt until ComfyUI is done with it.
 * @throws CancelledError, FencedError, StoppingError, JobFailure, ComfyError
 */
export async function render(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  { onPosted, onFailed, owned, signal }: RenderOptions,
): Promise<Rendered> {
  const attempt = await beginAttempt(ctx, lane, jobId, { owned, signal });
  let isInPlace = false;
  const occupied = lane.occupy(jobId, signal, async (leave) => {
    isInPlace = true;
    try {
      const promptId = await post(ctx, lane, attempt, signal);
      lane.posted();
      onPosted();
      return await follow(ctx, lane, attempt, { promptId, onReleased: leave, signal });
    } catch (error) {
      await onFailed(error);
      throw error;
    }
  });
  return occupied.catch(async (error: unknown) => {
    // Never posted: there is nothing to look up or to stop.
    if (!isInPlace && attempt.toPost) await forgetPrompt(ctx, attempt.job);
    throw error;
  });
}

async function post(
  ctx: GenerationContext,
  lane: Lane,
  { job, toPost }: Attempt,
  signal: AbortSignal,
): Promise<string> {
  const wanted = job.promptId!;
  if (!toPost) return wanted;
  const { graph, workflow, isUploadSpared } = toPost;
  const submitted = lane.session.submit({ graph, promptId: wanted, workflow, signal });
  const { promptId } = await submitted.catch((error: unknown) => {
    if (!(error instanceof ComfyError) || error.code !== "file_gone" || !isUploadSpared) throw error;
    // Somebody emptied its folder: next time all are sent, and a refusal then counts.
    lane.uploaded.clear();
    throw new StoppingError("ComfyUI lost its reference pictures; they are sent again");
  });
  if (promptId !== wanted)
    // An older server chose an id of its own: it is the one to look up.
    await ctx.database.db.update(generationJobs).set({ promptId }).where(isOurs(job));
  return promptId;
}

/** Asks a server to stop a prompt; answers whether it is gone. */
async function letGo({ client }: LaneServer, promptId: string): Promise<boolean> {
  await client.cancel(promptId);
  const { at } = await client.locate(promptId);
  return at !== "running" && at !== "pending";
}

interface Following {
  promptId: string;
  onReleased: () => Promise<void>;
  signal: AbortSignal;
}

async function follow(
  ctx: GenerationContext,
  lane: Lane,
  { job, server, filled, toPost, outcome: known }: Attempt,
  { promptId, onReleased, signal }: Following,
): Promise<Rendered> {
  const following: FollowJob = {
    promptId,
    graph: filled.graph,
    outputNodeId: filled.outputNodeId,
    stalls: job.failures,
    signal,
    onReleased,
    onProgress: ({ percent, step }) => {
      // Whoever stopped it has told so: this row is of before.
      if (signal.aborted) return;
      lane.progressed(percent, step === notAnsweringStep);
      ctx.live.report(job.id, percent, step);
      announceJob(ctx, job);
    },
    onPreview: ({ bytes, mime }) => {
      if (signal.aborted) return;
      ctx.live.show(job.id, bytes, mime);
      announceJob(ctx, job);
    },
  };
  const outcome = known ?? (await lane.session.follow(following));
  const file = outcome.kind === "finished" ? outcome.files[0] : undefined;
  if (file) return { job, server, file, notes: job.notes };
  if (outcome.kind === "lost" && outcome.wasUnreachable) lane.died(job.id);
  throw await failureOf(ctx, { job, server, isResumed: toPost === null }, outcome, promptId);
}

/** What an attempt without a picture means; its prompt is forgotten, so that the next attempt submits anew. */
async function failureOf(
  ctx: GenerationContext,
  { job, server, isResumed }: { job: JobRow; server: LaneServer; isResumed: boolean },
  outcome: Outcome,
  promptId: string,
): Promise<Error> {
  if (outcome.kind === "failed" && outcome.error.code === "stalled" && !(await letGo(server, promptId)))
    return new ComfyError(
      "stalled",
      "lane",
      "ComfyUI hangs: it neither goes on with a picture nor lets go of it.",
      {
        remedy: "Restart ComfyUI; the queue goes on by itself.",
        cause: outcome.error,
      },
    );
  if (outcome.kind === "lost" && outcome.wasUnreachable) {
    if (server.isDemo) await forgetPrompt(ctx, job);
    else await countCrash(ctx, job);
    return new StoppingError("ComfyUI was started again and lost this picture; it is painted anew");
  }
  await forgetPrompt(ctx, job);
  if (outcome.kind === "failed") return outcome.error;
  // As a program does that clears the queue before its own prompts: it would do so to the next try too.
  if (outcome.kind === "removed")
    return new StoppingError("taken out of ComfyUI's queue by another program; it is painted all the same");
  // One that was followed again may have been stopped by ourselves, before.
  if (outcome.kind === "interrupted" && !isResumed)
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
