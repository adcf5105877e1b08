import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { z } from "zod";
import { LIMITS } from "@/lib/limits";
import type { projectDuplicateInput } from "@/lib/schemas/project";
import { chunks } from "@/server/db/chunks";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { projectCast, projects, sections, sentenceCharacters, sentences, takes } from "@/server/db/schema";
import { imageFile } from "@/server/image-store/paths";
import { NO_FAILURES } from "@/server/generation/shown-fields";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";

/** Pictures that are linked at the same time. */
const AT_ONCE = 16;

type TakeRow = typeof takes.$inferSelect;

interface CopiedTake {
  take: TakeRow;
  newId: string;
  newSentenceId: string;
}

/**
 * Copies a project: script, prompts, settings, cast, and the pictures that are shown. Other takes, jobs and shelved
 * sentences stay with the original.
 */
export async function duplicateProject(
  ctx: ServiceContext,
  { projectId, name, withPictures = true }: z.infer<typeof projectDuplicateInput>,
): Promise<{ id: string; sentenceCount: number }> {
  const id = newId();
  const original = await requireProject(ctx.database.db, projectId);
  const newName = name ?? `${original.name.slice(0, LIMITS.name - 5)} copy`;
  try {
    const sentenceCount = await ctx.database.db.transaction(async (tx) => {
      // What is edited meanwhile is copied whole, before or after.
      const [project] = await tx.select().from(projects).where(eq(projects.id, projectId)).for("share");
      const { createdAt: _, updatedAt: __, ...settings } = project!;
      await tx.insert(projects).values({ ...settings, id, name: newName });
      const sectionIds = await copySections(tx, projectId, id);
      const { sentenceIds, shown } = await copySentences(ctx, tx, { to: id, sectionIds, withPictures });
      if (withPictures) await copyTakes(ctx, tx, id, shown);
      await copyCharacters(tx, projectId, id, sentenceIds);
      return sentenceIds.size;
    });
    return { id, sentenceCount };
  } catch (error) {
    await ctx.images.removeProject(id);
    throw error;
  }
}

async function copySections(tx: Tx, from: string, to: string): Promise<Map<string, string>> {
  const rows = await tx.select().from(sections).where(eq(sections.projectId, from));
  const ids = new Map(rows.map((row) => [row.id, newId()]));
  for (const some of chunks(rows))
    await tx.insert(sections).values(some.map((row) => ({ ...row, id: ids.get(row.id)!, projectId: to })));
  return ids;
}

async function copySentences(
  { images }: ServiceContext,
  tx: Tx,
  {
    to,
    sectionIds,
    withPictures,
  }: { to: string; sectionIds: ReadonlyMap<string, string>; withPictures: boolean },
): Promise<{ sentenceIds: Map<string, string>; shown: CopiedTake[] }> {
  const rows = await tx
    .select({ sentence: sentences, take: takes })
    .from(sentences)
    .leftJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(and(inArray(sentences.sectionId, [...sectionIds.keys()]), isNull(sentences.shelvedAt)));
  const gone = new Set<string>();
  for (const some of chunks(withPictures ? rows.flatMap(({ take }) => take ?? []) : [], AT_ONCE))
    await Promise.all(some.map(async ({ id, file }) => !(await images.exists(file)) && gone.add(id)));
  const sentenceIds = new Map<string, string>();
  const shown: CopiedTake[] = [];
  const copies = rows.map(({ sentence, take }) => {
    const id = newId();
    sentenceIds.set(sentence.id, id);
    const copied =
      withPictures && take && !gone.has(take.id) ? { take, newId: newId(), newSentenceId: id } : null;
    if (copied) shown.push(copied);
    return {
      ...sentence,
      id,
      projectId: to,
      sectionId: sectionIds.get(sentence.sectionId)!,
      status: copied ? ("completed" as const) : ("pending" as const),
      imageFile: copied && imageFile(to, id),
      isImageDirty: copied ? sentence.isImageDirty : true,
      selectedTakeId: copied?.newId ?? null,
      takeSelectedAt: null,
      ...NO_FAILURES,
      version: 1,
    };
  });
  for (const some of chunks(copies)) await tx.insert(sentences).values(some);
  return { sentenceIds, shown };
}

/** Files first: a row never names a file that is not there. */
async function copyTakes({ images }: ServiceContext, tx: Tx, to: string, shown: CopiedTake[]): Promise<void> {
  const copies: (typeof takes.$inferInsert)[] = [];
  for (const some of chunks(shown, AT_ONCE))
    copies.push(
      ...(await Promise.all(
        some.map(async ({ take, newId: id, newSentenceId: sentenceId }) => {
          const file = await images.copyTake(take.file, to, id);
          const given = take.originalFile;
          const isThere = given !== null && (await images.exists(given));
          const originalFile = isThere ? await images.copyOriginal(given, to, id) : null;
          await images.showTake(to, sentenceId, file);
          return { ...take, id, sentenceId, jobId: null, file, originalFile };
        }),
      )),
    );
  for (const some of chunks(copies)) await tx.insert(takes).values(some);
}

async function copyCharacters(
  tx: Tx,
  from: string,
  to: string,
  sentenceIds: ReadonlyMap<string, string>,
): Promise<void> {
  const cast = await tx.select().from(projectCast).where(eq(projectCast.projectId, from));
  for (const some of chunks(cast))
    await tx.insert(projectCast).values(some.map((row) => ({ ...row, projectId: to })));
  const chosen = await tx
    .select({
      sentenceId: sentenceCharacters.sentenceId,
      characterId: sentenceCharacters.characterId,
      position: sentenceCharacters.position,
    })
    .from(sentenceCharacters)
    .innerJoin(sentences, eq(sentences.id, sentenceCharacters.sentenceId))
    .where(and(eq(sentences.projectId, from), isNull(sentences.shelvedAt)))
    .orderBy(asc(sentenceCharacters.position));
  const copies = chosen.map((row) => ({ ...row, sentenceId: sentenceIds.get(row.sentenceId)! }));
  for (const some of chunks(copies)) await tx.insert(sentenceCharacters).values(some);
}
