import type { z } from "zod";
import type { scriptCompareInput, scriptCompareOutput } from "@/lib/schemas/script";
import { compareScripts } from "@/lib/script/compare-scripts";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";
import { readScriptBoard } from "./read-script-board";

/** What applying a script to a board would do; nothing is changed. */
export async function compareScript(
  ctx: ServiceContext,
  { projectId, sections }: z.infer<typeof scriptCompareInput>,
): Promise<z.infer<typeof scriptCompareOutput>> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const board = await readScriptBoard(db, projectId);
  const texts = sections.flatMap((section) => section.sentences.map((one) => one.text));
  const { matches, removed } = compareScripts(board.sentences, texts);
  return {
    state: board.state,
    sentences: matches.map(({ id, ...match }) => ({ sentenceId: id, ...match })),
    removed,
  };
}
