import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, conflict } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { scriptReviseInput, scriptReviseOutput, ScriptSectionInput } from "@/lib/schemas/script";
import { compareScripts, type ScriptComparison } from "@/lib/script/compare-scripts";
import { matchSections } from "@/lib/script/match-sections";
import { chunks } from "@/server/db/chunks";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { sections as sectionRows, sentences } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject } from "../require-row";
import { cancelOpenJobs } from "../sentence/cancel-open-jobs";
import { readScriptBoard, type ScriptBoard } from "./read-script-board";

type Answer = z.infer<typeof scriptReviseOutput>;

/**
 * Makes a board follow an edited script. Sentences that go on keep pictures, takes, seeds and locks; those whose words
 * changed turn dirty as after any edit; those that are gone go to the shelf.
 * @throws ShotboardError (conflict) where the board was changed since `state` was read
 */
export async function reviseScript(
  ctx: ServiceContext,
  { projectId, sections, state }: z.infer<typeof scriptReviseInput>,
): Promise<Answer> {
  let removed: string[] = [];
  const answer = await changeInputs(ctx, [projectId], async (tx) => {
    await requireProject(tx, projectId);
    await touchProject(tx, projectId);
    const board = await readScriptBoard(tx, projectId);
    if (state !== undefined && state !== board.state)
      throw conflict(
        "board_changed",
        "The board was changed since the script was compared with it. Nothing was changed.",
        "state",
        "Compare it again, then apply it.",
      );
    await checkRoom(tx, projectId, board, sections);
    const texts = sections.flatMap((section) => section.sentences.map((one) => one.text));
    const comparison = compareScripts(board.sentences, texts);
    ({ removed } = comparison);
    const sectionIds = await writeSections(tx, projectId, board, sections, comparison);
    await writeSentences(tx, projectId, sections, sectionIds, comparison);
    await shelve(tx, projectId, removed, sectionIds);
    return count(comparison);
  });
  await cancelOpenJobs(ctx, removed);
  return answer;
}

function count({ matches, removed }: ScriptComparison): Answer {
  const of = (fits: (match: ScriptComparison["matches"][number]) => boolean) => matches.filter(fits).length;
  return {
    kept: of((one) => one.id !== null && !one.isEdited),
    edited: of((one) => one.isEdited),
    moved: of((one) => one.isMoved),
    added: of((one) => one.id === null),
    removed: removed.length,
  };
}

/** What is on the shelf counts too: it can be brought back. */
async function checkRoom(
  tx: Tx,
  projectId: string,
  board: ScriptBoard,
  script: readonly ScriptSectionInput[],
): Promise<void> {
  const all = await tx.$count(sentences, eq(sentences.projectId, projectId));
  const wanted = script.reduce((sum, section) => sum + section.sentences.length, 0);
  const shelved = all - board.sentences.length;
  if (wanted + shelved > LIMITS.sentencesPerProject)
    throw badRequest(
      "too_many_sentences",
      `This would be ${wanted} sentences, with ${shelved} on the shelf; a project has at most ${LIMITS.sentencesPerProject}.`,
      "sections",
      "Split it into several projects.",
    );
}

/** Answers the id of each section of the script, in order. */
async function writeSections(
  tx: Tx,
  projectId: string,
  board: ScriptBoard,
  script: readonly ScriptSectionInput[],
  { matches }: ScriptComparison,
): Promise<string[]> {
  const sectionOf = new Map(board.sentences.map((one) => [one.id, one.sectionId]));
  let at = 0;
  const origins = script.map((section) =>
    section.sentences.flatMap(() => {
      const id = matches[at++]!.id;
      return id === null ? [] : [sectionOf.get(id)!];
    }),
  );
  const partners = matchSections(
    board.sections,
    script.map((section) => section.title),
    origins,
  );
  const rows = script.map(({ title }, position) => ({
    id: partners[position] ?? newId(),
    projectId,
    title,
    position,
  }));
  for (const some of chunks(rows))
    await tx
      .insert(sectionRows)
      .values(some)
      .onConflictDoUpdate({
        target: sectionRows.id,
        set: { title: sql`excluded.title`, position: sql`excluded.position` },
      });
  return rows.map((row) => row.id);
}

async function writeSentences(
  tx: Tx,
  projectId: string,
  script: readonly ScriptSectionInput[],
  sectionIds: readonly string[],
  { matches }: ScriptComparison,
): Promise<void> {
  let at = 0;
  const all = script.flatMap((section, index) =>
    section.sentences.map(({ text, startMs, endMs }, position) => ({
      match: matches[at++]!,
      row: {
        sectionId: sectionIds[index]!,
        position,
        text,
        startMs: startMs ?? null,
        endMs: endMs ?? null,
      },
    })),
  );
  const added = all
    .filter(({ match }) => match.id === null)
    .map(({ row }) => ({ id: newId(), projectId, ...row }));
  for (const some of chunks(added)) await tx.insert(sentences).values(some);
  const stay = all.flatMap(({ match, row }) => (match.id === null ? [] : [{ id: match.id, ...row }]));
  const rows = sql`jsonb_to_recordset(${JSON.stringify(stay)}::text::jsonb)
    as r(id text, "sectionId" text, position int, text text, "startMs" int, "endMs" int)`;
  // A text without times does not take those away that a subtitle gave.
  await tx.execute(sql`
    update ${sentences} set section_id = r."sectionId", position = r.position, text = r.text,
      start_ms = coalesce(r."startMs", ${sentences.startMs}), end_ms = coalesce(r."endMs", ${sentences.endMs}),
      version = ${sentences.version} + (case when ${sentences.text} = r.text then 0 else 1 end)
    from ${rows} where ${sentences.id} = r.id`);
}

/** Takes sentences off the board, and those on the shelf out of sections that end. */
async function shelve(
  tx: Tx,
  projectId: string,
  removed: readonly string[],
  sectionIds: readonly string[],
): Promise<void> {
  if (removed.length > 0)
    await tx
      .update(sentences)
      .set({ shelvedAt: sql`now()` })
      .where(inArray(sentences.id, [...removed]));
  const ended = await tx
    .select({ id: sectionRows.id })
    .from(sectionRows)
    .where(and(eq(sectionRows.projectId, projectId), notInArray(sectionRows.id, [...sectionIds])));
  const ids = ended.map((row) => row.id);
  if (ids.length === 0) return;
  await tx.update(sentences).set({ sectionId: sectionIds[0]! }).where(inArray(sentences.sectionId, ids));
  await tx.delete(sectionRows).where(inArray(sectionRows.id, ids));
}
