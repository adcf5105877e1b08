import { and, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "@/lib/errors";
import type { sentenceShelfOutput, sentencesInput } from "@/lib/schemas/sentence";
import { sections, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject } from "../require-row";
import { readSentences } from "../to-sentence";
import { cancelOpenJobs } from "./cancel-open-jobs";

type Input = z.infer<typeof sentencesInput>;

/** Takes sentences off the board with all they have; what is in line for them is cancelled. */
export async function shelveSentences(
  ctx: ServiceContext,
  { projectId, sentenceIds }: Input,
): Promise<{ shelved: number }> {
  const ids = await setShelved(ctx, projectId, sentenceIds, true);
  await cancelOpenJobs(ctx, ids);
  return { shelved: ids.length };
}

/** Brings sentences back to where they stood. */
export async function restoreSentences(
  ctx: ServiceContext,
  { projectId, sentenceIds }: Input,
): Promise<{ restored: number }> {
  return { restored: (await setShelved(ctx, projectId, sentenceIds, false)).length };
}

/** Answers the ids of those that were not so before. */
async function setShelved(
  ctx: ServiceContext,
  projectId: string,
  sentenceIds: readonly string[],
  isShelved: boolean,
): Promise<string[]> {
  const wanted = [...new Set(sentenceIds)];
  const changed = await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    await touchProject(tx, projectId);
    const known = await tx
      .select({ id: sentences.id })
      .from(sentences)
      .where(and(eq(sentences.projectId, projectId), inArray(sentences.id, wanted)));
    const ids = new Set(known.map((row) => row.id));
    const unknown = wanted.findIndex((id) => !ids.has(id));
    if (unknown >= 0) throw notFound("sentence", wanted[unknown]!, `sentenceIds.${unknown}`);
    return tx
      .update(sentences)
      .set({ shelvedAt: isShelved ? sql`now()` : null })
      .where(
        and(
          inArray(sentences.id, wanted),
          isShelved ? isNull(sentences.shelvedAt) : isNotNull(sentences.shelvedAt),
        ),
      )
      .returning({ id: sentences.id });
  });
  ctx.events.publish(projectId, { type: "structure" });
  return changed.map((row) => row.id);
}

/** What was taken off the board, the last first. */
export async function listShelf(
  ctx: ServiceContext,
  { projectId }: { projectId: string },
): Promise<z.infer<typeof sentenceShelfOutput>> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const rows = await db
    .select({ id: sentences.id, shelvedAt: sentences.shelvedAt, sectionTitle: sections.title })
    .from(sentences)
    .innerJoin(sections, eq(sections.id, sentences.sectionId))
    .where(and(eq(sentences.projectId, projectId), isNotNull(sentences.shelvedAt)))
    .orderBy(desc(sentences.shelvedAt), sections.position, sentences.position);
  const found = await readSentences(
    ctx,
    rows.map((row) => row.id),
  );
  const byId = new Map(found.map((one) => [one.id, one]));
  return {
    items: rows.flatMap(({ id, shelvedAt, sectionTitle }) => {
      const sentence = byId.get(id);
      return sentence && shelvedAt ? [{ ...sentence, sectionTitle, shelvedAt: shelvedAt.toISOString() }] : [];
    }),
    nextCursor: null,
  };
}
