import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/server/db/database";
import { generationModels, sections, sentences, takes, visualStyles } from "@/server/db/schema";

/** One shot of a board with the take that it shows; the take's fields are null where it shows none. */
export type BoardShot = Awaited<ReturnType<typeof readBoard>>[number];

/** All shots of a project in board order, numbered from 1, with what a download tells of them. */
export async function readBoard(db: Db, projectId: string) {
  const rows = await db
    .select({
      sentenceId: sentences.id,
      sectionId: sections.id,
      sectionTitle: sections.title,
      text: sentences.text,
      credit: sql<string | null>`coalesce(${takes.credit}, ${sentences.credit})`,
      status: sentences.status,
      isImageDirty: sentences.isImageDirty,
      file: takes.file,
      prompt: takes.prompt,
      seed: takes.seed,
      renderer: takes.renderer,
      madeAt: takes.createdAt,
      modelId: takes.modelId,
      modelName: generationModels.name,
      styleId: takes.styleId,
      styleName: visualStyles.name,
    })
    .from(sentences)
    .innerJoin(sections, eq(sections.id, sentences.sectionId))
    .leftJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .leftJoin(generationModels, eq(generationModels.id, takes.modelId))
    .leftJoin(visualStyles, eq(visualStyles.id, takes.styleId))
    .where(and(eq(sentences.projectId, projectId), isNull(sentences.shelvedAt)))
    .orderBy(asc(sections.position), asc(sections.id), asc(sentences.position), asc(sentences.id));
  return rows.map((row, index) => ({ ...row, number: index + 1 }));
}
