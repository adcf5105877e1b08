import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { conflict, ShotboardError } from "@/lib/errors";
import type { takeDeleteOutput, takeRestoreInput } from "@/lib/schemas/take";
import type { Tx } from "@/server/db/database";
import { generationJobs, takes } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { IS_PROOF } from "@/server/generation/proofs";
import { showSelected } from "@/server/generation/show-take";
import type { ServiceContext } from "../context";
import { requireTake } from "../require-row";
import { lockSentenceOf, setShownTake } from "./shown-take";

/**
 * Deletes a take: nothing shows it any more, and an hour later row and file are gone. A shot that showed it shows its
 * newest other take (a proof only where there is nothing else), or none.
 * @throws ShotboardError where it is the picture of a locked shot
 */
export async function deleteTake(
  ctx: ServiceContext,
  { takeId }: { takeId: string },
): Promise<z.infer<typeof takeDeleteOutput>> {
  const { sentenceId } = await requireTake(ctx.database.db, takeId);
  const { projectId, ...answer } = await ctx.database.db.transaction(async (tx) => {
    const sentence = await lockSentenceOf(tx, sentenceId);
    // Somebody may have deleted it before the lock was had.
    await requireTake(tx, takeId);
    const wasSelected = sentence.selectedTakeId === takeId;
    if (wasSelected && sentence.isLocked)
      throw conflict(
        "shot_locked",
        "This take is the picture of a locked shot, which keeps it. Nothing was deleted.",
        "takeId",
        "Unlock the shot first, or choose another of its takes.",
      );
    await tx
      .update(takes)
      .set({ deletedAt: sql`now()` })
      .where(eq(takes.id, takeId));
    const selectedTakeId = wasSelected ? await newestOf(tx, ctx, sentenceId) : sentence.selectedTakeId;
    if (wasSelected) await setShownTake(tx, ctx, sentence, { id: selectedTakeId, isChosen: false });
    return { projectId: sentence.projectId, id: takeId, wasSelected, selectedTakeId };
  });
  if (answer.wasSelected) await showSelected(ctx, projectId, sentenceId);
  await announceSentences(ctx, [sentenceId], ctx.generation.status);
  return answer;
}

/**
 * The newest take that can be shown: one whose file is there. What was only painted to try a style out comes after all
 * that was made for the board.
 */
async function newestOf(tx: Tx, { images }: ServiceContext, sentenceId: string): Promise<string | null> {
  const rows = await tx
    .select({ id: takes.id, file: takes.file })
    .from(takes)
    .leftJoin(generationJobs, eq(generationJobs.id, takes.jobId))
    .where(and(eq(takes.sentenceId, sentenceId), isNull(takes.deletedAt)))
    .orderBy(IS_PROOF, desc(takes.createdAt), desc(takes.id));
  for (const { id, file } of rows) if (await images.exists(file)) return id;
  return null;
}

/**
 * Brings a deleted take back, as long as it is there. What the shot shows changes only where it still shows what took
 * the take's place; a take that was brought back already stays as it is.
 */
export async function restoreTake(
  ctx: ServiceContext,
  { takeId, insteadOf }: z.infer<typeof takeRestoreInput>,
): Promise<{ id: string; selectedTakeId: string | null }> {
  const [known] = await ctx.database.db
    .select({ sentenceId: takes.sentenceId })
    .from(takes)
    .where(eq(takes.id, takeId));
  if (!known) throw gone(takeId);
  const { sentenceId } = known;
  const { projectId, isShown, selectedTakeId } = await ctx.database.db.transaction(async (tx) => {
    const sentence = await lockSentenceOf(tx, sentenceId);
    const [restored] = await tx
      .update(takes)
      .set({ deletedAt: null })
      .where(and(eq(takes.id, takeId), isNotNull(takes.deletedAt)))
      .returning({ file: takes.file });
    const before = { ...sentence, isShown: false };
    if (!restored) {
      const [row] = await tx.select({ id: takes.id }).from(takes).where(eq(takes.id, takeId));
      if (!row) throw gone(takeId);
      return before;
    }
    const isShown =
      insteadOf !== undefined &&
      sentence.selectedTakeId === insteadOf &&
      !sentence.isLocked &&
      (await ctx.images.exists(restored.file));
    if (!isShown) return before;
    await setShownTake(tx, ctx, sentence, { id: takeId, isChosen: true });
    return { ...before, isShown, selectedTakeId: takeId };
  });
  if (isShown) await showSelected(ctx, projectId, sentenceId);
  await announceSentences(ctx, [sentenceId], ctx.generation.status);
  return { id: takeId, selectedTakeId };
}

const gone = (takeId: string) =>
  new ShotboardError("NOT_FOUND", `There is no deleted take with the id "${takeId}" any more.`, {
    reason: "take_not_found",
    field: "takeId",
    remedy: "An hour after a take was deleted its picture is gone for good.",
  });
