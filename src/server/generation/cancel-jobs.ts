import { and, inArray, not, sql } from "drizzle-orm";
import type { CancelInput } from "@/lib/schemas/image";
import type { Tx } from "@/server/db/database";
import { generationJobs, sentences } from "@/server/db/schema";
import { findScope } from "./find-scope";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import { isProof } from "./proofs";
import { queueOfJob } from "./settle";
import { IS_GENERATING } from "./shown-fields";

/** Tells other processes to stop a job of theirs. */
export const CANCEL_CHANNEL = "shotboard_cancel";

export interface Cancelled {
  /** Jobs that waited, and are cancelled now. */
  cancelled: JobRow[];
  /** Jobs that run: their lanes are told, and settle them. */
  cancelling: JobRow[];
}

/**
 * Ends the open jobs of a project, of a batch, of some sentences, or those named: waiting ones in this transaction, running ones by
 * their lane, which stops that prompt in ComfyUI and no other.
 * @throws ShotboardError where project, batch, a sentence or a job does not exist; then nothing is cancelled
 */
export async function cancelJobs(ctx: GenerationContext, input: CancelInput): Promise<Cancelled> {
  return ctx.database.db.transaction(async (tx) => {
    const where = await findScope(tx, input);
    const open = and(where, inArray(generationJobs.status, ["queued", "running"]));
    const rows = await tx.select().from(generationJobs).where(open).for("update");
    const waiting = rows.filter((row) => row.status === "queued");
    const running = rows.filter((row) => row.status === "running");
    await cancelWaiting(ctx, tx, waiting);
    if (running.length > 0) {
      const ids = running.map((row) => row.id);
      await tx
        .update(generationJobs)
        .set({ cancelRequestedAt: sql`coalesce(${generationJobs.cancelRequestedAt}, now())` })
        .where(inArray(generationJobs.id, ids));
      await ctx.database.notify(tx, CANCEL_CHANNEL, "");
    }
    return { cancelled: waiting, cancelling: running };
  });
}

async function cancelWaiting(ctx: GenerationContext, tx: Tx, waiting: JobRow[]): Promise<void> {
  if (waiting.length === 0) return;
  await tx
    .update(generationJobs)
    .set({ status: "cancelled", step: null, error: null, endedAt: sql`now()` })
    .where(
      inArray(
        generationJobs.id,
        waiting.map((row) => row.id),
      ),
    );
  for (const [queue, some] of Map.groupBy(waiting, queueOfJob))
    await ctx.queue.cancel(
      tx,
      queue,
      some.map((row) => row.id),
    );
  // As `stateAfter` has it, for all of them in one statement.
  await tx
    .update(sentences)
    .set({ status: sql`case when ${sentences.imageFile} is null then 'pending' else 'completed' end` })
    .where(
      and(
        inArray(
          sentences.id,
          waiting.flatMap((row) => (isProof(row) ? [] : (row.sentenceId ?? []))),
        ),
        not(IS_GENERATING),
      ),
    );
}
