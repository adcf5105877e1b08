import { diskProblemOf } from "@/lib/disk-problem";
import type { QueueStatus } from "@/lib/schemas/queue";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { newId } from "@/server/db/new-id";
import { PictureError } from "@/server/image-store/picture-format";
import { testFile } from "@/server/image-store/paths";
import { announceProofs, announceQueue, announceSentences } from "./announce";
import { forgetPrompt } from "./claim";
import type { GenerationContext } from "./generation-context";
import type { Rendered } from "./render";
import { FencedError } from "./run-errors";
import { settleCompleted, settleTested } from "./settle";
import { showTake } from "./show-take";

/**
 * Fetches a rendered picture, checks it and stores it as a take: file first, then one transaction, then the
 * sentence's own file, then the event. Nothing is left behind where another owner was faster.
 */
export async function storePicture(
  ctx: GenerationContext,
  { job, server, file, notes }: Rendered,
  status: () => Promise<QueueStatus>,
  signal: AbortSignal,
): Promise<void> {
  const takeId = newId();
  const { projectId, sentenceId } = job;
  const fetched = server.client
    .download(file, signal)
    .then((bytes) =>
      projectId === null
        ? ctx.images.storeTest(job.id, bytes)
        : ctx.images.storeTake(projectId, takeId, bytes),
    );
  const stored = await fetched.catch(async (error: unknown) => {
    // The same file would be as broken, or as gone, the next time: a new one is asked for.
    const isSpoilt =
      error instanceof PictureError || (error instanceof ComfyError && error.code === "file_gone");
    if (isSpoilt) await forgetPrompt(ctx, job);
    throw error;
  });
  const plan = job.plan!;
  const isOtherSize = stored.width !== plan.width || stored.height !== plan.height;
  const sizeNote = `The picture came as ${stored.width}×${stored.height}; ${plan.width}×${plan.height} was asked for.`;
  const allNotes = isOtherSize ? [...notes, sizeNote] : notes;
  if (projectId === null || sentenceId === null) {
    for (const old of await settleTested(ctx, job, allNotes)) await ctx.images.remove(testFile(old));
    ctx.live.forget(job.id);
    await announceQueue(ctx, status);
    return;
  }
  const take = {
    id: takeId,
    ...stored,
    seed: job.seed,
    prompt: plan.prompt,
    negativePrompt: plan.negativePrompt,
    modelId: plan.modelId,
    styleId: plan.styleId,
    references: plan.references,
    workflowHash: plan.workflowHash,
    fingerprint: job.fingerprint,
    renderer: server.isDemo ? ("demo" as const) : ("comfyui" as const),
    durationMs: job.submittedAt === null ? null : Date.now() - job.submittedAt.getTime(),
  };
  let shown: string | null;
  try {
    shown = await settleCompleted(ctx, job, take, allNotes);
  } catch (error) {
    // After any other error the commit may have gone through: then the file is a take's.
    if (error instanceof FencedError || diskProblemOf(error)) await ctx.images.remove(stored.file);
    throw error;
  }
  if (shown !== null) await showTake(ctx, projectId, sentenceId, shown);
  ctx.live.forget(job.id);
  await announceSentences(ctx, [sentenceId], status);
  await announceProofs(ctx, [job]);
}
