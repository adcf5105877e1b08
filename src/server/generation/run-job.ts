import pRetry from "p-retry";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { announceJob, announceSentences } from "./announce";
import { noteFailure, readJob } from "./claim";
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

/**
 * Carries one job to its end: up to three attempts in the lane with growing waits outside it, the picture stored
 * outside it too, so that the next job renders meanwhile. Whatever happens is settled or given back.
 * @param onEntered called when the job has the lane's place, or stands in line for it
 * @param signal aborted with the reason: CancelledError, FencedError or StoppingError
 */
export async function runJob(
  ctx: GenerationContext,
  lane: Lane,
  { jobId, queue, signal, onEntered }: { jobId: string; queue: string; signal: AbortSignal; onEntered: () => void },
): Promise<void> {
  const row = await readJob(ctx, jobId);
  if (!row || (row.status !== "queued" && row.status !== "running")) {
    await ctx.database.db.transaction((tx) => ctx.queue.complete(tx, queue, jobId));
    return;
  }
  let failures = row.failures;
  let sorted: Sorted | null = null;
  const attempt = async () => {
    const rendering = lane.add(() => render(ctx, lane, jobId, signal));
    onEntered();
    const rendered = await rendering;
    await storePicture(ctx, rendered, lane.status, signal);
    await lane.succeeded();
  };
  try {
    await pRetry(() => attempt().catch(asError), {
      retries: ATTEMPTS - 1 - failures,
      minTimeout: ctx.timings.retryFirstMs * ctx.timings.retryFactor ** failures,
      factor: ctx.timings.retryFactor,
      randomize: true,
      signal,
      onFailedAttempt: async ({ error, retryDelay }) => {
        if (isStop(error)) return;
        sorted = await sortForLane(lane, error, failures);
        if (sorted.kind !== "transient") return;
        failures += 1;
        const seconds = Math.max(1, Math.round(retryDelay / 1000));
        const step = failures < ATTEMPTS ? `trying again in ${seconds} s (${failures + 1} of ${ATTEMPTS})` : "failed";
        ctx.live.forget(jobId);
        const waiting = await noteFailure(ctx, jobId, failures, step);
        ctx.log.warn("An attempt failed", { jobId, lane: lane.server.url, failures, code: sorted.failure.code, error });
        if (waiting && failures < ATTEMPTS) announceJob(ctx, waiting);
      },
      shouldRetry: ({ error }) => !isStop(error) && sorted?.kind === "transient",
    });
  } catch (error) {
    await end(ctx, lane, jobId, { error: signal.aborted ? signal.reason : error, sorted, failures });
  }
}

const isStop = (error: unknown) => error instanceof CancelledError || error instanceof FencedError || error instanceof StoppingError;

/** p-retry gives up at once on what is no Error, and on a TypeError: ours are sorted by their kind alone. */
function asError(error: unknown): never {
  if (error instanceof TypeError || !(error instanceof Error)) throw new Error("An attempt threw", { cause: error });
  throw error;
}

async function sortForLane(lane: Lane, error: unknown, failures: number): Promise<Sorted> {
  const sorted = sortError(error);
  if (!(error instanceof ComfyError) || error.code !== "out_of_memory") return sorted;
  const inARow = await lane.ranOutOfMemory();
  if (inARow >= OUT_OF_MEMORY_MAX) return { ...sorted, kind: "lane" };
  return failures > 0 ? { ...sorted, kind: "permanent" } : sorted;
}

interface Ending {
  error: unknown;
  sorted: Sorted | null;
  failures: number;
}

async function end(ctx: GenerationContext, lane: Lane, jobId: string, { error, sorted, failures }: Ending): Promise<void> {
  const job = await readJob(ctx, jobId);
  if (error instanceof FencedError || !job || job.status !== "running") return dropTicket(ctx, job, error);
  if (error instanceof StoppingError) return releaseJob(ctx, job, "waiting for Shotboard's next start");
  if (error instanceof CancelledError || job.cancelRequestedAt !== null) {
    await stopPrompt(ctx, lane, job);
    await settleCancelled(ctx, job);
  } else {
    const { kind, failure } = sorted ?? sortError(error);
    if (kind === "lane") {
      if (failure.code === "unreachable" && job.promptId !== null) lane.suspects.add(jobId);
      await releaseJob(ctx, job, failure.message);
      await lane.enterTrouble(failure);
    } else {
      await settleFailed(ctx, { ...job, failures }, failure);
      ctx.log.warn("A job failed", { jobId, lane: lane.server.url, code: failure.code, error });
    }
  }
  ctx.live.forget(jobId);
  await announceSentences(ctx, job.sentenceId === null ? [] : [job.sentenceId], lane.status);
}

/** A ticket of a job that was settled before it was claimed has nothing left to do. */
async function dropTicket(ctx: GenerationContext, job: JobRow | null, error: unknown): Promise<void> {
  if (job && !(error instanceof FencedError)) await ctx.database.db.transaction((tx) => ctx.queue.complete(tx, queueOfJob(job), job.id));
}

/** Takes our prompt, and no other, from ComfyUI. The lane waits until it is gone. */
async function stopPrompt(ctx: GenerationContext, lane: Lane, job: JobRow): Promise<void> {
  if (job.promptId === null) return;
  const { promptId } = job;
  await lane
    .add(() => lane.server.client.cancel(promptId))
    .catch((error: unknown) => ctx.log.warn("A cancelled prompt could not be stopped", { jobId: job.id, error }));
}
