import { tracked } from "@trpc/server";
import { onProjectInput } from "@/lib/schemas/events";
import {
  cancelInput,
  cancelOutput,
  foreseeInput,
  foreseeOutput,
  generateInput,
  generateOutput,
  keepInput,
  keepOutput,
  prioritizeInput,
  prioritizeOutput,
  retryFailedInput,
} from "@/lib/schemas/image";
import { jobGetInput, jobListInput, jobListOutput, jobSchema } from "@/lib/schemas/job";
import { queueControlInput, queueStatusSchema } from "@/lib/schemas/queue";
import { laneHistoryInput, laneHistoryOutput, lastErrorsOutput } from "@/lib/schemas/report";
import {
  originalSchema,
  ownPictureOutput,
  takeReframeInput,
  takeShowInput,
  takeShowOutput,
  takeUpdateInput,
} from "@/lib/schemas/own-picture";
import {
  takeDeleteOutput,
  takeInput,
  takeListInput,
  takeListOutput,
  takeRedoInput,
  takeRestoreInput,
  takeRestoreOutput,
  takeSchema,
} from "@/lib/schemas/take";
import { followEvents } from "@/server/services/follow-events";
import {
  cancelImages,
  foreseeImages,
  generateImages,
  prioritizeImages,
  retryFailedImages,
} from "@/server/services/image/generate-images";
import { getJob, listJobs } from "@/server/services/image/jobs";
import { keepPictures } from "@/server/services/image/keep-pictures";
import { getOriginal, reframeTake, updateTake } from "@/server/services/image/own-pictures";
import { showTakes } from "@/server/services/image/show-takes";
import { deleteTake, restoreTake } from "@/server/services/image/delete-take";
import { redoTake } from "@/server/services/image/redo-take";
import { listTakes, selectTake } from "@/server/services/image/takes";
import { getQueueStatus, pauseQueue, resumeQueue } from "@/server/services/queue/queue-control";
import { listLaneHistory } from "@/server/services/queue/lane-history";
import { listLastErrors } from "@/server/services/queue/last-errors";
import { procedure, router } from "./procedure";

export const imageRouter = router({
  /** Queues a picture for every sentence that needs one, and answers what was queued, skipped and found wrong. */
  generate: procedure
    .input(generateInput)
    .output(generateOutput)
    .mutation(({ ctx, input }) => generateImages(ctx.services, input)),
  /** What `generate` would queue and leave out now, and how long it would take on this machine. */
  foresee: procedure
    .input(foreseeInput)
    .output(foreseeOutput)
    .query(({ ctx, input }) => foreseeImages(ctx.services, input)),
  /** Stops the open jobs of a project, of a batch, or those named; it reaches ComfyUI. */
  cancel: procedure
    .input(cancelInput)
    .output(cancelOutput)
    .mutation(({ ctx, input }) => cancelImages(ctx.services, input)),
  /** Gives waiting jobs of a project, of a batch, of sentences, or those named, another priority. */
  prioritize: procedure
    .input(prioritizeInput)
    .output(prioritizeOutput)
    .mutation(({ ctx, input }) => prioritizeImages(ctx.services, input)),
  /** Queues one picture of every sentence that failed, or of those named something failed of. */
  retryFailed: procedure
    .input(retryFailedInput)
    .output(generateOutput)
    .mutation(({ ctx, input }) => retryFailedImages(ctx.services, input)),
  /** Accepts the present inputs for the pictures that are shown: their shots are clean without a new render. */
  keep: procedure
    .input(keepInput)
    .output(keepOutput)
    .mutation(({ ctx, input }) => keepPictures(ctx.services, input)),
});

export const takeRouter = router({
  /** All pictures that were made for a sentence, newest first. */
  list: procedure
    .input(takeListInput)
    .output(takeListOutput)
    .query(({ ctx, input }) => listTakes(ctx.services, input)),
  /** Makes a take the picture that its sentence shows. */
  select: procedure
    .input(takeInput)
    .output(takeSchema)
    .mutation(({ ctx, input }) => selectTake(ctx.services, input)),
  /** Makes takes the pictures of shots, or none, and sets their locks; only while they show what is said. */
  show: procedure
    .input(takeShowInput)
    .output(takeShowOutput)
    .mutation(({ ctx, input }) => showTakes(ctx.services, input)),
  /** Frames an own picture anew: a further take, which its shot shows. */
  reframe: procedure
    .input(takeReframeInput)
    .output(ownPictureOutput)
    .mutation(({ ctx, input }) => reframeTake(ctx.services, input)),
  /** Changes whom an own picture is from. */
  update: procedure
    .input(takeUpdateInput)
    .output(takeSchema)
    .mutation(({ ctx, input }) => updateTake(ctx.services, input)),
  /** What the file of an own picture is, as it was given. */
  original: procedure
    .input(takeInput)
    .output(originalSchema)
    .query(({ ctx, input }) => getOriginal(ctx.services, input)),
  /** Deletes a take; within an hour it can be brought back. */
  delete: procedure
    .input(takeInput)
    .output(takeDeleteOutput)
    .mutation(({ ctx, input }) => deleteTake(ctx.services, input)),
  /** Brings a deleted take back. */
  restore: procedure
    .input(takeRestoreInput)
    .output(takeRestoreOutput)
    .mutation(({ ctx, input }) => restoreTake(ctx.services, input)),
  /** Queues a take's picture once more, exactly as it was made; refused where that is not possible any more. */
  redo: procedure
    .input(takeRedoInput)
    .output(generateOutput)
    .mutation(({ ctx, input }) => redoTake(ctx.services, input)),
});

export const jobRouter = router({
  get: procedure
    .input(jobGetInput)
    .output(jobSchema)
    .query(({ ctx, input }) => getJob(ctx.services, input)),
  /** A project's jobs, newest first. */
  list: procedure
    .input(jobListInput)
    .output(jobListOutput)
    .query(({ ctx, input }) => listJobs(ctx.services, input)),
});

export const queueRouter = router({
  status: procedure.output(queueStatusSchema).query(({ ctx }) => getQueueStatus(ctx.services)),
  /** Hands out no more work, of the whole queue or of one lane, until resumed; what runs goes on to its end. */
  pause: procedure
    .input(queueControlInput)
    .output(queueStatusSchema)
    .mutation(({ ctx, input }) => pauseQueue(ctx.services, input)),
  resume: procedure
    .input(queueControlInput)
    .output(queueStatusSchema)
    .mutation(({ ctx, input }) => resumeQueue(ctx.services, input)),
  /** What happened to the lanes, newest first. */
  history: procedure
    .input(laneHistoryInput)
    .output(laneHistoryOutput)
    .query(({ ctx, input }) => listLaneHistory(ctx.services, input)),
  /** The last pictures that failed, of all projects, by reason. */
  errors: procedure.output(lastErrorsOutput).query(({ ctx }) => listLastErrors(ctx.services)),
});

export const eventsRouter = router({
  /**
   * A project's changes as they happen: a snapshot first, then each change with an id. A client that was cut off
   * sends the last id it saw and gets what it missed, once; an unknown or too old id gets a new snapshot.
   */
  onProject: procedure.input(onProjectInput).subscription(async ({ ctx, input, signal }) => {
    // Awaited before the first event: what a generator throws would pass the procedure's middleware by.
    const close = ctx.openSubscription();
    // Also where nobody begins to read what this answers.
    signal?.addEventListener("abort", close, { once: true });
    const events = await followEvents(ctx.services, {
      ...input,
      isCongested: ctx.isCongested,
      signal: signal ?? new AbortController().signal,
    }).catch((error: unknown) => {
      close();
      throw error;
    });
    return withIds(events, close);
  }),
});

async function* withIds(events: Awaited<ReturnType<typeof followEvents>>, close: () => void) {
  try {
    for await (const [id, event] of events) yield tracked(id, event);
  } finally {
    close();
  }
}
