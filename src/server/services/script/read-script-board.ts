import { and, asc, eq, isNull } from "drizzle-orm";
import { boardState } from "@/lib/script/board-state";
import type { Db, Tx } from "@/server/db/database";
import { sections, sentences } from "@/server/db/schema";

/** A board's sections with their sentences, in order, without those on the shelf. */
export async function readScriptBoard(on: Db | Tx, projectId: string) {
  const sectionRows = await on
    .select({ id: sections.id, title: sections.title })
    .from(sections)
    .where(eq(sections.projectId, projectId))
    .orderBy(asc(sections.position), asc(sections.id));
  const rows = await on
    .select({
      id: sentences.id,
      sectionId: sentences.sectionId,
      text: sentences.text,
      version: sentences.version,
    })
    .from(sentences)
    .where(and(eq(sentences.projectId, projectId), isNull(sentences.shelvedAt)))
    .orderBy(asc(sentences.position), asc(sentences.id));
  const bySection = Map.groupBy(rows, (row) => row.sectionId);
  const board = sectionRows.map((section) => ({ ...section, sentences: bySection.get(section.id) ?? [] }));
  return { sections: board, sentences: board.flatMap((one) => one.sentences), state: boardState(board) };
}

export type ScriptBoard = Awaited<ReturnType<typeof readScriptBoard>>;
