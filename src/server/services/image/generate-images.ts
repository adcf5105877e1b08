import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { z } from "zod";
import type {
  CancelInput,
  ForeseeInput,
  ForeseeOutput,
  GenerateInput,
  GenerateOutput,
  prioritizeInput,
  retryFailedInput,
} from "@/lib/schemas/image";
import { sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";

/** Queues a picture for every sentence that needs one: see the contract's `image.generate`. */
export async function generateImages(ctx: ServiceContext, input: GenerateInput): Promise<GenerateOutput> {
  return ctx.generation.enqueue(input);
}

/** What `generateImages` would do now, and how long it would take; nothing is queued, and no server is asked. */
export async function foreseeImages(ctx: ServiceContext, input: ForeseeInput): Promise<ForeseeOutput> {
  return ctx.generation.foresee(input);
}

/**
 * Queues one picture of every sentence that failed, whether or not it has an old one, or of those named that something
 * failed of: one of several takes too.
 */
export async function retryFailedImages(
  ctx: ServiceContext,
  { projectId, sentenceIds }: z.infer<typeof retryFailedInput>,
): Promise<GenerateOutput> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const rows = await db
    .select({ id: sentences.id, status: sentences.status })
    .from(sentences)
    .where(
      and(
        eq(sentences.projectId, projectId),
        isNull(sentences.shelvedAt),
        or(eq(sentences.status, "failed"), gt(sentences.failedJobs, 0)),
      ),
    );
  if (sentenceIds !== undefined) {
    const failed = new Set(rows.map((row) => row.id));
    // Unknown and foreign ids are refused by the queue itself; of the known ones, those that failed are taken.
    const known = await db
      .select({ id: sentences.id })
      .from(sentences)
      .where(and(eq(sentences.projectId, projectId), inArray(sentences.id, sentenceIds)));
    const ids = new Set(known.map((row) => row.id));
    const wanted = sentenceIds.filter((id) => failed.has(id) || !ids.has(id));
    return ctx.generation.enqueue({ projectId, sentenceIds: wanted, force: true });
  }
  const failed = rows.filter((row) => row.status === "failed").map((row) => row.id);
  return ctx.generation.enqueue({ projectId, sentenceIds: failed, force: true });
}

/** Gives waiting jobs another priority; higher goes first, and those that run are left to their end. */
export async function prioritizeImages(
  ctx: ServiceContext,
  input: z.infer<typeof prioritizeInput>,
): Promise<{ changed: number }> {
  return ctx.generation.prioritize(input);
}

/** Stops the open jobs of a project, of a batch, or those named; running ones are stopped in ComfyUI. */
export async function cancelImages(
  ctx: ServiceContext,
  input: CancelInput,
): Promise<{ cancelled: number; cancelling: number }> {
  return ctx.generation.cancel(input);
}
