import pRetry from "p-retry";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { announceJob, announceProofs, announceSentences } from "./announce";
import { forgetPrompt, noteFailure, readJob, type Ownership } from "./claim";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import type { Lane } from "./lane";
import { render } from "./render";
import { CancelledError, FencedError, sortError, StoppingError, type Sorted } from "./run-errors";
import { queueOfJob, releaseJob, settleCancelled, settleFailed } from "./settle";
import { storePicture } from "./store-picture";

const ATTEMPTS = 3;
/** Out of memory twice over one job is that job's; over the next one too, it is the server's. */
const OUT_OF_MEMORY_MAX = 3;
/** Trouble of the GPU that one job may bring upon it: the others go first, or it would hold them all up. */
const BY_ONE_JOB = new Set(["out_of_memory", "gpu_error"]);

/**
 * Carries one job to its end: up to three attempts in the lane with growing waits outside it, the picture stored
 * outside it too, so that the next job renders meanwhile. Whatever happens is settled or given back.
 * @param onEntered called when ComfyUI has its prompt, or its first attempt has failed before
 * @param signal aborted with the reason: CancelledError, FencedError or StoppingError
 */
export async function runJob(
  ctx: GenerationContext,
  lane: Lane,
  {
    jobId,
    queue,
    owned,
    signal,
    onEntered,
  }: { jobId: string; queue: string; owned: Ownership; signal: AbortSignal; onEntered: () => void },
): Promise<void> {
  const row = await readJob(ctx, jobId);
  if (!row || (row.status !== "queued" && row.status !== "running")) {
    await ctx.database.db.transaction((tx) => ctx.queue.complete(tx, queue, jobId));
    return;
  }
  let failures = row.failures;
  let sorted: Sorted | null = null;
  let ranOut = false;
  let isPosted = false;
  const sort = async (error: unknown): Promise<Sorted> => {
    sorted = await sortForLane(ctx, lane, jobId, error, ranOut);
    ranOut = isOutOfMemory(error);
    return sorted;
  };
  const onPosted = () => {
    isPosted = true;
    onEntered();
  };
  const onFailed = async (error: unknown): Promise<void> => {
    // Still in the lane's place: nothing else of ours is posted before ComfyUI has let go of this one.
    if (error instanceof CancelledError || signal.reason instanceof CancelledError)
      await stopPrompt(ctx, lane, jobId, owned);
    else if (!isStop(error)) await sort(error);
  };
  const attempt = async () => {
    sorted = null;
    isPosted = false;
    const rendering = render(ctx, lane, jobId, { onPosted, onFailed, owned, signal });
    const rendered = await rendering.finally(onEntered);
    await lane.store(() => storePicture(ctx, rendered, lane.status, signal));
    await lane.succeeded(jobId);
  };
  try {
    await pRetry(() => attempt().catch(asError), {
      // A crash between the last failure and its settlement leaves three: then there is one attempt more.
      retries: Math.max(0, ATTEMPTS - 1 - failures),
      minTimeout: ctx.timings.retryFirstMs * ctx.timings.retryFactor ** failures,
      factor: ctx.timings.retryFactor,
      randomize: true,
      signal,
      onFailedAttempt: async ({ error, retryDelay }) => {
        if (isStop(error)) return;
        const { kind, failure } = sorted ?? (await sort(error));
        if (kind !== "transient") return;
        failures += 1;
        const seconds = Math.max(1, Math.round(retryDelay / 1000));
        const step =
          failures < ATTEMPTS ? `trying again in ${seconds} s (${failures + 1} of ${ATTEMPTS})` : "failed";
        ctx.live.forget(jobId);
        const { attempt: at } = owned;
        const waiting =
          at && (await noteFailure(ctx, { id: jobId, attempt: at }, failures, { step, error: failure }));
        ctx.log.warn("An attempt failed", {
          jobId,
          lane: lane.server.url,
          attempt: at,
          failures,
          code: failure.code,
          error,
        });
        if (waiting && failures < ATTEMPTS) announceJob(ctx, waiting);
      },
      shouldRetry: ({ error }) => !isStop(error) && sorted?.kind === "transient",
    });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    const isSorted = isStop(reason) || sorted !== null;
    if (!isSorted) await sort(reason);
    await end(ctx, lane, jobId, { error: reason, sorted, failures, isPosted, owned });
  }
}

const isStop = (error: unknown) =>
  error instanceof CancelledError || error instanceof FencedError || error instanceof StoppingError;

/** p-retry gives up at once on what is no Error, and on a TypeError: ours are sorted by their kind alone. */
function asError(error: unknown): never {
  if (error instanceof TypeError || !(error instanceof Error))
    throw new Error("An attempt threw", { cause: error });
  throw error;
}

const isOutOfMemory = (error: unknown) => error instanceof ComfyError && error.code === "out_of_memory";

/**
 * Sorts an error; a lane in trouble is fed no more from this moment on.
 * @param ranOut whether the attempt before ran out of memory too
 */
async function sortForLane(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  error: unknown,
  ranOut: boolean,
): Promise<Sorted> {
  const sorted = await sortHere(ctx, lane, error, ranOut);
  if (sorted.kind !== "lane") return sorted;
  const { failure } = sorted;
  const isTheJobs = BY_ONE_JOB.has(failure.code) && lane.record.blame(jobId);
  // Memory is free again for the next one; a failed GPU is not.
  if (!isTheJobs || failure.code === "gpu_error") lane.enterTrouble(failure);
  return isTheJobs ? { kind: "permanent", failure } : sorted;
}

async function sortHere(
  ctx: GenerationContext,
  lane: Lane,
  error: unknown,
  ranOut: boolean,
): Promise<Sorted> {
  const sorted = sortError(error);
  // A reference that the server no longer has is uploaded again.
  if (error instanceof ComfyError && error.code === "file_gone") lane.uploaded.clear();
  if (!isOutOfMemory(error)) return sorted;
  const inARow = lane.record.ranOutOfMemory();
  await lane.server.client
    .free()
    .catch((cause: unknown) =>
      ctx.log.warn("ComfyUI could not free memory", { lane: lane.server.url, error: cause }),
    );
  if (inARow >= OUT_OF_MEMORY_MAX) return { ...sorted, kind: "lane" };
  return ranOut ? { ...sorted, kind: "permanent" } : sorted;
}

interface Ending {
  error: unknown;
  sorted: Sorted | null;
  failures: number;
  /** Whether ComfyUI had the last attempt's prompt. */
  isPosted: boolean;
  owned: Ownership;
}

async function end(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  { error, sorted, failures, isPosted, owned }: Ending,
): Promise<void> {
  ctx.live.forget(jobId);
  const job = await readJob(ctx, jobId);
  // Whoever owns it now settles it, and has its ticket.
  if (!job || error instanceof FencedError || (owned.attempt !== null && job.attempt > owned.attempt)) return;
  if (owned.attempt === null || job.status !== "running") return dropTicket(ctx, job);
  if (error instanceof StoppingError) await releaseJob(ctx, job, error.message);
  else if (error instanceof CancelledError || job.cancelRequestedAt !== null) {
    if (job.promptId !== null) await stopPrompt(ctx, lane, jobId, owned);
    await settleCancelled(ctx, job);
  } else {
    const { kind, failure } = sorted ?? sortError(error);
    if (kind === "lane") {
      if (failure.code === "unreachable" && !lane.server.isDemo) lane.noteUnreachable(jobId, isPosted);
      await releaseJob(ctx, job, failure.message, { isLast: BY_ONE_JOB.has(failure.code) });
    } else {
      await settleFailed(ctx, { ...job, failures }, failure);
      ctx.log.warn("A job failed", {
        jobId,
        lane: lane.server.url,
        attempt: job.attempt,
        code: failure.code,
        error,
      });
    }
  }
  await announceSentences(ctx, job.sentenceId === null ? [] : [job.sentenceId], lane.status);
  await announceProofs(ctx, [job]);
}

/** A ticket whose job was settled elsewhere has nothing left to do; one whose claim failed goes back. */
async function dropTicket(ctx: GenerationContext, job: JobRow): Promise<void> {
  const { queue } = ctx;
  await ctx.database.db.transaction((tx) =>
    job.status === "queued" || job.status === "running"
      ? queue.release(tx, queueOfJob(job), job.id)
      : queue.complete(tx, queueOfJob(job), job.id),
  );
}

/** Takes our prompt, and no other, from ComfyUI, and waits until it is gone: an interrupt is heard when a node ends. */
async function stopPrompt(
  ctx: GenerationContext,
  lane: Lane,
  jobId: string,
  owned: Ownership,
): Promise<void> {
  const job = await readJob(ctx, jobId);
  if (!job?.promptId || job.attempt !== owned.attempt) return;
  const { client } = lane.server;
  try {
    do await client.cancel(job.promptId, lane.stopping);
    while (["pending", "running"].includes((await client.locate(job.promptId, lane.stopping)).at));
    await forgetPrompt(ctx, job);
  } catch (error) {
    ctx.log.warn("A cancelled prompt could not be stopped", { jobId, error });
  }
}
