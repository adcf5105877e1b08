import { z } from "zod";
import { packedBoardSchema } from "@/lib/schemas/board";
import { foresightSchema, idSchema } from "@/lib/schemas/common";
import * as schema from "@/lib/schemas/project";
import { startReportSchema } from "@/lib/schemas/report";
import * as script from "@/lib/schemas/script";
import * as sectionInput from "@/lib/schemas/section";
import * as sentence from "@/lib/schemas/sentence";
import { deleteProject, importScript, updateProject } from "@/server/services/project/change-project";
import { createProject } from "@/server/services/project/create-project";
import { duplicateProject } from "@/server/services/project/duplicate-project";
import { foreseeProject } from "@/server/services/project/foresee-project";
import { getBoard } from "@/server/services/project/get-board";
import { getProject } from "@/server/services/project/get-project";
import { reportStart } from "@/server/services/project/start-report";
import { listProjects } from "@/server/services/project/list-projects";
import { reviseScript } from "@/server/services/script/revise-script";
import { compareScript } from "@/server/services/script/compare-script";
import { foreseeSentences } from "@/server/services/sentence/foresee-sentences";
import { moveSentences } from "@/server/services/sentence/move-sentences";
import { listShelf, restoreSentences, shelveSentences } from "@/server/services/sentence/shelf";
import { mergeSentences, splitSentence } from "@/server/services/sentence/split-sentence";
import * as board from "@/server/services/sentence/change-board";
import { updateSentence, updateSentences } from "@/server/services/sentence/update-sentences";
import { procedure, router } from "./procedure";

const deleted = z.object({ id: idSchema });

export const projectRouter = router({
  /** Makes a project, from a script (text or Markdown: headings are sections), from sections, or empty. */
  create: procedure
    .input(schema.projectCreateInput)
    .output(schema.projectCreateOutput)
    .mutation(({ ctx, input }) => createProject(ctx.services, input)),
  /** Projects as cards, newest first unless another order is asked for. */
  list: procedure
    .input(schema.projectListInput)
    .output(schema.projectListOutput)
    .query(({ ctx, input }) => listProjects(ctx.services, input)),
  /** A project, always whole: sections and sentences in board order. */
  get: procedure
    .input(schema.projectGetInput)
    .output(schema.projectSchema)
    .query(({ ctx, input }) => getProject(ctx.services, input)),
  /** The same for a page: packed (`unpackBoard` of the client's side), and where its events go on. */
  board: procedure
    .input(schema.projectGetInput)
    .output(packedBoardSchema)
    .query(({ ctx, input }) => getBoard(ctx.services, input)),
  /** Changes name, model, style or size; pictures that no longer match turn dirty. */
  update: procedure
    .input(schema.projectUpdateInput)
    .output(schema.projectSchema.omit({ sections: true }))
    .mutation(({ ctx, input }) => updateProject(ctx.services, input)),
  /** How many shots such an update would make dirty; nothing is changed. */
  foresee: procedure
    .input(schema.projectUpdateInput)
    .output(foresightSchema)
    .query(({ ctx, input }) => foreseeProject(ctx.services, input)),
  /** What became of the pictures that were in line when Shotboard last ended; null where none was. */
  sinceStart: procedure
    .input(schema.projectGetInput)
    .output(startReportSchema.nullable())
    .query(({ ctx, input }) => reportStart(ctx.services, input)),
  /** Copies a project with its script, settings, cast and the pictures that are shown. */
  duplicate: procedure
    .input(schema.projectDuplicateInput)
    .output(schema.projectCreateOutput)
    .mutation(({ ctx, input }) => duplicateProject(ctx.services, input)),
  /** Deletes a project with its pictures. */
  delete: procedure
    .input(schema.projectGetInput)
    .output(deleted)
    .mutation(({ ctx, input }) => deleteProject(ctx.services, input)),
});

export const scriptRouter = router({
  /** Adds a script's sections behind those that are there. */
  import: procedure
    .input(script.scriptImportInput)
    .output(script.scriptImportOutput)
    .mutation(({ ctx, input }) => importScript(ctx.services, input)),
  /** What applying an edited script to a board would do; nothing is changed. */
  compare: procedure
    .input(script.scriptCompareInput)
    .output(script.scriptCompareOutput)
    .query(({ ctx, input }) => compareScript(ctx.services, input)),
  /** Makes the board follow an edited script; what goes on keeps its pictures, what is gone goes to the shelf. */
  revise: procedure
    .input(script.scriptReviseInput)
    .output(script.scriptReviseOutput)
    .mutation(({ ctx, input }) => reviseScript(ctx.services, input)),
});

export const sectionRouter = router({
  create: procedure
    .input(sectionInput.sectionCreateInput)
    .output(sentence.sectionSchema)
    .mutation(({ ctx, input }) => board.createSection(ctx.services, input)),
  /** Renames or moves a section. */
  update: procedure
    .input(sectionInput.sectionUpdateInput)
    .output(sentence.sectionSchema)
    .mutation(({ ctx, input }) => board.updateSection(ctx.services, input)),
  /** Deletes a section with its sentences, or puts them on the shelf. */
  delete: procedure
    .input(sectionInput.sectionDeleteInput)
    .output(deleted)
    .mutation(({ ctx, input }) => board.deleteSection(ctx.services, input)),
});

export const sentenceRouter = router({
  get: procedure
    .input(sentence.sentenceGetInput)
    .output(sentence.sentenceSchema)
    .query(({ ctx, input }) => board.getSentence(ctx.services, input)),
  create: procedure
    .input(sentence.sentenceCreateInput)
    .output(sentence.sentenceSchema)
    .mutation(({ ctx, input }) => board.createSentence(ctx.services, input)),
  /** Changes one sentence. A `version` other than the stored one is a conflict. */
  update: procedure
    .input(sentence.sentenceUpdateInput)
    .output(sentence.sentenceSchema)
    .mutation(({ ctx, input }) => updateSentence(ctx.services, input)),
  /** Changes up to 3,000 sentences of one project: all of them or none. */
  updateMany: procedure
    .input(sentence.sentenceUpdateManyInput)
    .output(sentence.sentenceUpdateManyOutput)
    .mutation(({ ctx, input }) => updateSentences(ctx.services, input)),
  /** How many of some sentences another model or style of their own would make dirty; nothing is changed. */
  foresee: procedure
    .input(sentence.sentenceForeseeInput)
    .output(foresightSchema)
    .query(({ ctx, input }) => foreseeSentences(ctx.services, input)),
  /** Moves sentences to other places, also of other sections. */
  move: procedure
    .input(sentence.sentenceMoveInput)
    .output(sentence.sentenceMoveOutput)
    .mutation(({ ctx, input }) => moveSentences(ctx.services, input)),
  /** Divides a sentence in two; the first part keeps its picture. */
  split: procedure
    .input(sentence.sentenceSplitInput)
    .output(sentence.sentenceSplitOutput)
    .mutation(({ ctx, input }) => splitSentence(ctx.services, input)),
  /** Joins neighbours into the first of them. */
  merge: procedure
    .input(sentence.sentenceMergeInput)
    .output(sentence.sentenceMergeOutput)
    .mutation(({ ctx, input }) => mergeSentences(ctx.services, input)),
  /** Takes sentences off the board; they keep what they have and can be brought back. */
  shelve: procedure
    .input(sentence.sentencesInput)
    .output(sentence.sentenceShelveOutput)
    .mutation(({ ctx, input }) => shelveSentences(ctx.services, input)),
  /** Brings sentences back from the shelf. */
  restore: procedure
    .input(sentence.sentencesInput)
    .output(sentence.sentenceRestoreOutput)
    .mutation(({ ctx, input }) => restoreSentences(ctx.services, input)),
  /** What was taken off the board, the last first. */
  shelf: procedure
    .input(schema.projectGetInput)
    .output(sentence.sentenceShelfOutput)
    .query(({ ctx, input }) => listShelf(ctx.services, input)),
  /** Deletes a sentence for good, with its pictures. */
  delete: procedure
    .input(sentence.sentenceDeleteInput)
    .output(deleted)
    .mutation(({ ctx, input }) => board.deleteSentence(ctx.services, input)),
});
