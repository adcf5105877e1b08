import { desc, eq, sql } from "drizzle-orm";
import { conflict } from "@/lib/errors";
import type { Take } from "@/lib/schemas/take";
import { sentences, takes } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { fingerprintOf, setDirtyByTake } from "@/server/generation/dirty";
import { readProjectPlans } from "@/server/generation/plan-inputs";
import { showTake } from "@/server/generation/show-take";
import { imageFile } from "@/server/image-store/paths";
import type { ServiceContext } from "../context";
import { requireSentence, requireTake } from "../require-row";

type TakeRow = typeof takes.$inferSelect;

function toTake(row: TakeRow, projectId: string, selectedTakeId: string | null): Take {
  const { createdAt, keptFingerprint, originalFile: _, deletedAt: __, ...fields } = row;
  return {
    ...fields,
    url: `/media/projects/${projectId}/takes/${row.id}.png`,
    createdAt: createdAt.toISOString(),
    isSelected: row.id === selectedTakeId,
    isKept: keptFingerprint !== null,
  };
}

/** All pictures that were made for a sentence, newest first. */
export async function listTakes(
  ctx: ServiceContext,
  { sentenceId }: { sentenceId: string },
): Promise<{ items: Take[]; nextCursor: null }> {
  const { db } = ctx.database;
  const { projectId, selectedTakeId } = await requireSentence(db, sentenceId);
  const rows = await db
    .select()
    .from(takes)
    .where(eq(takes.sentenceId, sentenceId))
    .orderBy(desc(takes.createdAt), desc(takes.id));
  return { items: rows.map((row) => toTake(row, projectId, selectedTakeId)), nextCursor: null };
}

/** Makes a take the picture that its sentence shows; whether it is dirty follows from what it was made from. */
export async function selectTake(ctx: ServiceContext, { takeId }: { takeId: string }): Promise<Take> {
  const { db } = ctx.database;
  const take = await requireTake(db, takeId);
  const { projectId } = await requireSentence(db, take.sentenceId);
  if (!(await ctx.images.exists(take.file)))
    throw conflict(
      "take_file_gone",
      "The file of this take is gone.",
      "takeId",
      "Choose another take, or generate the shot again.",
    );
  await db.transaction(async (tx) => {
    await tx
      .update(sentences)
      .set({
        selectedTakeId: takeId,
        takeSelectedAt: sql`now()`,
        imageFile: imageFile(projectId, take.sentenceId),
        // It may have had none but a proof.
        status: sql`case when ${sentences.status} = 'pending' then 'completed' else ${sentences.status} end`,
      })
      .where(eq(sentences.id, take.sentenceId));
    const plans = await readProjectPlans(tx, ctx.library, projectId, [take.sentenceId]);
    await setDirtyByTake(
      tx,
      ctx,
      new Map(plans!.sentences.map((one) => [one.id, fingerprintOf(plans!.inputsOf(one, {}))])),
    );
  });
  await showTake(ctx, projectId, take.sentenceId, take.file);
  await announceSentences(ctx, [take.sentenceId], ctx.generation.status);
  return toTake(take, projectId, takeId);
}

/** Deletes a take that is not the selected one, with its file. */
export async function deleteTake(
  ctx: ServiceContext,
  { takeId }: { takeId: string },
): Promise<{ id: string }> {
  const { db } = ctx.database;
  const take = await requireTake(db, takeId);
  const sentence = await requireSentence(db, take.sentenceId);
  if (sentence.selectedTakeId === takeId)
    throw conflict(
      "take_is_selected",
      "This take is the picture that its shot shows.",
      "takeId",
      "Select another take first.",
    );
  await db.delete(takes).where(eq(takes.id, takeId));
  await ctx.images.remove(take.file);
  return { id: takeId };
}
