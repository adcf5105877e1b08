import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "@/lib/errors";
import type { sentenceMoveInput } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { sections, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject } from "../require-row";
import { placeAmong, type PlacedRow } from "./place-among";

/**
 * Moves sentences to other places, also of other sections. All are taken out first, then put in one by one; a place is
 * counted among the sentences that the board shows.
 */
export async function moveSentences(
  ctx: ServiceContext,
  { projectId, moves }: z.infer<typeof sentenceMoveInput>,
): Promise<{ moved: number }> {
  await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    await touchProject(tx, projectId);
    const rows = await readPlaces(tx, projectId);
    const known = new Map(rows.map((row) => [row.id, row]));
    const sectionIds = await tx
      .select({ id: sections.id })
      .from(sections)
      .where(eq(sections.projectId, projectId));
    const targets = new Set(sectionIds.map((row) => row.id));
    for (const [index, move] of moves.entries()) {
      if (!known.has(move.sentenceId))
        throw notFound("sentence", move.sentenceId, `moves.${index}.sentenceId`);
      if (!targets.has(move.sectionId)) throw notFound("section", move.sectionId, `moves.${index}.sectionId`);
    }
    await writePlaces(tx, placeAmong(rows, moves));
  });
  ctx.events.publish(projectId, { type: "structure" });
  return { moved: moves.length };
}

/** All sentences of a project by place, with those on the shelf. */
async function readPlaces(tx: Tx, projectId: string): Promise<PlacedRow[]> {
  const rows = await tx
    .select({
      id: sentences.id,
      sectionId: sentences.sectionId,
      position: sentences.position,
      shelvedAt: sentences.shelvedAt,
    })
    .from(sentences)
    .where(eq(sentences.projectId, projectId))
    .orderBy(asc(sentences.position), asc(sentences.id))
    .for("update");
  return rows.map(({ shelvedAt, ...row }) => ({ ...row, isShelved: shelvedAt !== null }));
}

async function writePlaces(tx: Tx, changed: readonly Pick<PlacedRow, "id" | "sectionId" | "position">[]) {
  if (changed.length === 0) return;
  const rows = sql`jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb)
    as r(id text, "sectionId" text, position int)`;
  await tx.execute(sql`
    update ${sentences} set section_id = r."sectionId", position = r.position
    from ${rows} where ${sentences.id} = r.id`);
}
