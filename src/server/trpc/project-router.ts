import { z } from "zod";
import { packedBoardSchema } from "@/lib/schemas/board";
import { foresightSchema, idSchema } from "@/lib/schemas/common";
import * as schema from "@/lib/schemas/project";
import { startReportSchema } from "@/lib/schemas/report";
import * as sectionInput from "@/lib/schemas/section";
import {
  sectionSchema,
  sentenceCreateInput,
  sentenceDeleteInput,
  sentenceGetInput,
  sentenceSchema,
  sentenceUpdateInput,
  sentenceUpdateManyInput,
  sentenceUpdateManyOutput,
} from "@/lib/schemas/sentence";
import { deleteProject, importScript, updateProject } from "@/server/services/project/change-project";
import { createProject } from "@/server/services/project/create-project";
import { duplicateProject } from "@/server/services/project/duplicate-project";
import { foreseeProject } from "@/server/services/project/foresee-project";
import { getBoard } from "@/server/services/project/get-board";
import { getProject } from "@/server/services/project/get-project";
import { reportStart } from "@/server/services/project/start-report";
import { listProjects } from "@/server/services/project/list-projects";
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
    .input(schema.scriptImportInput)
    .output(schema.scriptImportOutput)
    .mutation(({ ctx, input }) => importScript(ctx.services, input)),
});

export const sectionRouter = router({
  create: procedure
    .input(sectionInput.sectionCreateInput)
    .output(sectionSchema)
    .mutation(({ ctx, input }) => board.createSection(ctx.services, input)),
  /** Renames or moves a section. */
  update: procedure
    .input(sectionInput.sectionUpdateInput)
    .output(sectionSchema)
    .mutation(({ ctx, input }) => board.updateSection(ctx.services, input)),
  /** Deletes a section with its sentences. */
  delete: procedure
    .input(sectionInput.sectionDeleteInput)
    .output(deleted)
    .mutation(({ ctx, input }) => board.deleteSection(ctx.services, input)),
});

export const sentenceRouter = router({
  get: procedure
    .input(sentenceGetInput)
    .output(sentenceSchema)
    .query(({ ctx, input }) => board.getSentence(ctx.services, input)),
  create: procedure
    .input(sentenceCreateInput)
    .output(sentenceSchema)
    .mutation(({ ctx, input }) => board.createSentence(ctx.services, input)),
  /** Changes one sentence. A `version` other than the stored one is a conflict. */
  update: procedure
    .input(sentenceUpdateInput)
    .output(sentenceSchema)
    .mutation(({ ctx, input }) => updateSentence(ctx.services, input)),
  /** Changes up to 3,000 sentences of one project: all of them or none. */
  updateMany: procedure
    .input(sentenceUpdateManyInput)
    .output(sentenceUpdateManyOutput)
    .mutation(({ ctx, input }) => updateSentences(ctx.services, input)),
  delete: procedure
    .input(sentenceDeleteInput)
    .output(deleted)
    .mutation(({ ctx, input }) => board.deleteSentence(ctx.services, input)),
});
