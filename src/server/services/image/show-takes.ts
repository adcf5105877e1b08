import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { conflict, notFound } from "@/lib/errors";
import type { TakeShowInput } from "@/lib/schemas/own-picture";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { projects, sentences, takes } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { readFingerprints, setDirtyByTake } from "@/server/generation/dirty";
import { showSelected } from "@/server/generation/show-take";
import { NO_FAILURES, shownFields, shownStatus } from "@/server/generation/shown-fields";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";
import { readSentences } from "../to-sentence";

type Shot = TakeShowInput["shots"][number];
type TakeRow = typeof takes.$inferSelect;

/**
 * Makes takes the pictures that shots show, or takes their pictures off them, and sets their locks: what takes a drop
 * of own pictures back, and does it again. All of it or, where one shot shows another take by now, nothing.
 * So it is where one was locked or unlocked since, as far as it is said how it was.
 */
export async function showTakes(
  ctx: ServiceContext,
  { projectId, shots }: TakeShowInput,
): Promise<{ sentences: Sentence[] }> {
  const ids = [...new Set(shots.map((one) => one.sentenceId))].toSorted();
  await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    // Whoever changes the project's inputs at this moment comes before or after.
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for("update");
    const byId = await readTakes(tx, shots);
    await checkShots(tx, projectId, shots, ids);
    for (const shot of shots) await change(tx, projectId, shot, byId);
    const now = await readFingerprints(tx, ctx, { projectIds: [projectId], sentenceIds: ids });
    await setDirtyByTake(tx, ctx, now);
  });
  for (const id of ids) await showSelected(ctx, projectId, id);
  await announceSentences(ctx, ids, ctx.generation.status);
  ctx.events.publish(projectId, { type: "structure" });
  return { sentences: await readSentences(ctx, ids) };
}

async function readTakes(tx: Tx, shots: readonly Shot[]): Promise<Map<string, TakeRow>> {
  const wanted = shots.flatMap((one) => one.to ?? []);
  const rows = await tx
    .select()
    .from(takes)
    .where(and(inArray(takes.id, wanted), isNull(takes.deletedAt)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [index, { sentenceId, to }] of shots.entries())
    if (to !== null && byId.get(to)?.sentenceId !== sentenceId)
      throw notFound("take", to, `shots.${index}.to`);
  return byId;
}

async function checkShots(
  tx: Tx,
  projectId: string,
  shots: readonly Shot[],
  ids: readonly string[],
): Promise<void> {
  const rows = await tx
    .select({ id: sentences.id, takeId: sentences.selectedTakeId, isLocked: sentences.isLocked })
    .from(sentences)
    .where(and(eq(sentences.projectId, projectId), inArray(sentences.id, [...ids])))
    .orderBy(sentences.id)
    .for("update");
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [index, { sentenceId, from, wasLocked }] of shots.entries()) {
    const field = `shots.${index}`;
    const now = byId.get(sentenceId);
    if (!now) throw notFound("sentence", sentenceId, `${field}.sentenceId`);
    if (wasLocked !== undefined && now.isLocked !== wasLocked)
      throw conflict(
        "changed_since",
        `A shot was ${now.isLocked ? "locked" : "unlocked"} since: everything stays as it is.`,
        `${field}.wasLocked`,
      );
    if (now.takeId !== from)
      throw conflict(
        "changed_since",
        "A shot shows another picture by now: everything stays as it is.",
        `${field}.from`,
      );
  }
}

async function change(
  tx: Tx,
  projectId: string,
  { sentenceId, to, isLocked }: Shot,
  byId: ReadonlyMap<string, TakeRow>,
): Promise<void> {
  const isOwn = to !== null && byId.get(to)?.renderer === "own";
  await tx
    .update(sentences)
    .set({
      ...shownFields({ id: sentenceId, projectId }, to),
      // What is being painted for the shot may take the place of anything but a picture of the user's own.
      takeSelectedAt: isOwn ? sql`now()` : null,
      status: shownStatus(to),
      isLocked,
      ...NO_FAILURES,
      version: sql`${sentences.version} + 1`,
    })
    .where(eq(sentences.id, sentenceId));
}
