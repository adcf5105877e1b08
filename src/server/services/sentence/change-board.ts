import { and, asc, eq, max, sql } from "drizzle-orm";
import type { z } from "zod";
import { conflict } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { sectionCreateInput, sectionDeleteInput, sectionUpdateInput } from "@/lib/schemas/section";
import type { Section, Sentence, sentenceCreateInput } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { sections, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject, requireSection, requireSentence } from "../require-row";
import { readSentences } from "../to-sentence";
import { cancelOpenJobs } from "./cancel-open-jobs";
import { checkRoomForOne } from "./check-room";

/** Adds a sentence to a section, at its end or at a place. */
export async function createSentence(
  ctx: ServiceContext,
  input: z.infer<typeof sentenceCreateInput>,
): Promise<Sentence> {
  const id = newId();
  const projectId = await ctx.database.db.transaction(async (tx) => {
    const section = await requireSection(tx, input.sectionId);
    await touchProject(tx, section.projectId);
    await checkRoomForOne(tx, section.projectId, "sectionId");
    const [last] = await tx
      .select({ position: max(sentences.position) })
      .from(sentences)
      .where(eq(sentences.sectionId, section.id));
    const end = (last?.position ?? -1) + 1;
    const position = Math.min(input.position ?? end, end);
    await tx
      .update(sentences)
      .set({ position: sql`${sentences.position} + 1` })
      .where(and(eq(sentences.sectionId, section.id), sql`${sentences.position} >= ${position}`));
    const imagePrompt = input.imagePrompt?.trim() || null;
    await tx.insert(sentences).values({
      id,
      projectId: section.projectId,
      sectionId: section.id,
      position,
      text: input.text,
      imagePrompt,
    });
    return section.projectId;
  });
  ctx.events.publish(projectId, { type: "structure" });
  const [sentence] = await readSentences(ctx, [id]);
  return sentence!;
}

export async function getSentence(
  ctx: ServiceContext,
  { sentenceId }: { sentenceId: string },
): Promise<Sentence> {
  await requireSentence(ctx.database.db, sentenceId);
  const [sentence] = await readSentences(ctx, [sentenceId]);
  return sentence!;
}

/** Deletes a sentence; its open jobs are cancelled, and its picture files go with its project. */
export async function deleteSentence(
  ctx: ServiceContext,
  { sentenceId }: { sentenceId: string },
): Promise<{ id: string }> {
  const { db } = ctx.database;
  const { projectId } = await requireSentence(db, sentenceId);
  await cancelOpenJobs(ctx, [sentenceId]);
  await db.transaction(async (tx) => {
    await touchProject(tx, projectId);
    await tx.delete(sentences).where(eq(sentences.id, sentenceId));
  });
  ctx.events.publish(projectId, { type: "structure" });
  return { id: sentenceId };
}

/** Adds a section, at the end or at a place. */
export async function createSection(
  ctx: ServiceContext,
  { projectId, title, position }: z.infer<typeof sectionCreateInput>,
): Promise<Section> {
  const section = await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    await touchProject(tx, projectId);
    const id = newId();
    await tx.insert(sections).values({ id, projectId, title, position: LIMITS.sentencesPerProject });
    await moveSection(tx, projectId, id, position ?? LIMITS.sentencesPerProject);
    return requireSection(tx, id);
  });
  ctx.events.publish(projectId, { type: "structure" });
  return section;
}

/** Renames or moves a section. */
export async function updateSection(
  ctx: ServiceContext,
  { sectionId, title, position }: z.infer<typeof sectionUpdateInput>,
): Promise<Section> {
  const section = await ctx.database.db.transaction(async (tx) => {
    const { projectId } = await requireSection(tx, sectionId);
    await touchProject(tx, projectId);
    if (title !== undefined) await tx.update(sections).set({ title }).where(eq(sections.id, sectionId));
    if (position !== undefined) await moveSection(tx, projectId, sectionId, position);
    return requireSection(tx, sectionId);
  });
  ctx.events.publish(section.projectId, { type: "structure" });
  return section;
}

/** Deletes a section with its sentences, or puts those on the shelf; what is in line for them is cancelled. */
export async function deleteSection(
  ctx: ServiceContext,
  { sectionId, shelve = false }: z.infer<typeof sectionDeleteInput>,
): Promise<{ id: string }> {
  const { db } = ctx.database;
  const { projectId } = await requireSection(db, sectionId);
  const rows = await db
    .select({ id: sentences.id })
    .from(sentences)
    .where(eq(sentences.sectionId, sectionId));
  await cancelOpenJobs(
    ctx,
    rows.map((row) => row.id),
  );
  await db.transaction(async (tx) => {
    await touchProject(tx, projectId);
    if (shelve) await emptyToShelf(tx, projectId, sectionId);
    await tx.delete(sections).where(eq(sections.id, sectionId));
  });
  ctx.events.publish(projectId, { type: "structure" });
  return { id: sectionId };
}

/** Shelved sentences belong to a section that stays: the one before, else the one behind. */
async function emptyToShelf(tx: Tx, projectId: string, sectionId: string): Promise<void> {
  const all = await tx
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.projectId, projectId))
    .orderBy(asc(sections.position), asc(sections.id));
  const at = all.findIndex((row) => row.id === sectionId);
  const stays = all[at - 1] ?? all[at + 1];
  if (!stays)
    throw conflict(
      "last_section",
      "This is the only section of the project. Nothing was changed.",
      "sectionId",
      "Take its sentences off the board instead, or make another section first.",
    );
  await tx
    .update(sentences)
    .set({ sectionId: stays.id, shelvedAt: sql`coalesce(${sentences.shelvedAt}, now())` })
    .where(eq(sentences.sectionId, sectionId));
}

/** Puts a section at a place among its project's, and numbers them from 0. */
async function moveSection(tx: Tx, projectId: string, sectionId: string, position: number): Promise<void> {
  const rows = await tx
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.projectId, projectId))
    .orderBy(asc(sections.position), asc(sections.id));
  const order = rows.map((row) => row.id).filter((id) => id !== sectionId);
  order.splice(position, 0, sectionId);
  for (const [index, id] of order.entries())
    await tx.update(sections).set({ position: index }).where(eq(sections.id, id));
}
