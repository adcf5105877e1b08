import { eq, sql } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import type { Tx } from "@/server/db/database";
import { projects, sentences } from "@/server/db/schema";
import { readFingerprints, setDirtyByTake } from "@/server/generation/dirty";
import type { SentenceRow } from "@/server/generation/plan-inputs";
import { shownFields, shownStatus } from "@/server/generation/shown-fields";
import type { ServiceContext } from "../context";
import { requireSentence } from "../require-row";

/**
 * A sentence, locked: whatever chooses, deletes or brings back its takes comes one after the other, and whoever
 * changes the project's inputs at this moment before or after.
 */
export async function lockSentenceOf(tx: Tx, sentenceId: string): Promise<SentenceRow> {
  const { projectId } = await requireSentence(tx, sentenceId);
  // In the order that a finished job takes them.
  await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for("share");
  const [row] = await tx.select().from(sentences).where(eq(sentences.id, sentenceId)).for("update");
  if (!row) throw notFound("sentence", sentenceId, "takeId");
  return row;
}

interface Shown {
  /** null: the sentence has no picture any more. */
  id: string | null;
  /** Whether the user chose it: then no take that was asked for before pushes it aside. */
  isChosen: boolean;
}

/** Makes a take, or none, what a locked sentence shows, with the dirty flag that follows from it. */
export async function setShownTake(
  tx: Tx,
  ctx: ServiceContext,
  sentence: SentenceRow,
  shown: Shown,
): Promise<void> {
  const { id, projectId, status } = sentence;
  await tx
    .update(sentences)
    .set({
      ...shownFields(sentence, shown.id),
      takeSelectedAt: shown.isChosen ? sql`now()` : null,
      // That the last picture asked for failed stays told beside whatever is shown.
      ...(status !== "failed" && { status: shownStatus(shown.id) }),
    })
    .where(eq(sentences.id, id));
  const now = await readFingerprints(tx, ctx, { projectIds: [projectId], sentenceIds: [id] });
  await setDirtyByTake(tx, ctx, now);
}
