import { setTimeout as wait } from "node:timers/promises";
import { and, eq, max, sql } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, conflict } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { projectUpdateInput } from "@/lib/schemas/project";
import type { scriptImportInput } from "@/lib/schemas/script";
import { parseScript } from "@/lib/script/parse-script";
import type { Tx } from "@/server/db/database";
import { generationJobs, projects, sections, sentences } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { requireModel, requireProject, requireStyle } from "../require-row";
import { checkScript } from "./create-project";
import { toProjectFields } from "./get-project";
import { insertSections } from "./insert-sections";
import { touchProject } from "./touch-project";

/** Changes name, model, style or size; pictures that no longer match turn dirty unless they are kept. */
export async function updateProject(
  ctx: ServiceContext,
  { projectId, keepPictures, ...changes }: z.infer<typeof projectUpdateInput>,
) {
  const change = async (tx: Tx) => {
    await requireProject(tx, projectId);
    if (changes.modelId) await requireModel(tx, changes.modelId);
    if (changes.styleId) await requireStyle(tx, changes.styleId);
    const [row] = await tx
      .update(projects)
      .set({ ...changes, updatedAt: sql`now()` })
      .where(eq(projects.id, projectId))
      .returning();
    return toProjectFields(row!);
  };
  return changeInputs(ctx, [projectId], change, undefined, keepPictures);
}

/** How long a deletion waits for ComfyUI to stop a picture of the project, and how often it looks, in ms. */
const STOP_PATIENCE = 8_000;
const STOP_LOOK = 50;

/** Deletes a project with its pictures, once its jobs have been cancelled and ComfyUI has let go of them. */
export async function deleteProject(
  ctx: ServiceContext,
  { projectId }: { projectId: string },
): Promise<{ id: string }> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  await ctx.generation.cancel({ projectId });
  const until = performance.now() + STOP_PATIENCE;
  while (await isRunning(ctx, projectId)) {
    if (performance.now() > until)
      throw conflict(
        "project_is_rendering",
        "A picture of this project is being stopped, and ComfyUI has not let go of it yet. Nothing was deleted.",
        "projectId",
        "Delete it again in a moment.",
      );
    await wait(STOP_LOOK);
  }
  await db.delete(projects).where(eq(projects.id, projectId));
  await ctx.images.removeProject(projectId);
  ctx.events.publish(projectId, { type: "projectDeleted" });
  return { id: projectId };
}

async function isRunning({ database }: ServiceContext, projectId: string): Promise<boolean> {
  const running = and(eq(generationJobs.projectId, projectId), eq(generationJobs.status, "running"));
  return (await database.db.$count(generationJobs, running)) > 0;
}

/** Adds a script's sections behind those that are there. */
export async function importScript(
  ctx: ServiceContext,
  { projectId, text, format, sections: read }: z.infer<typeof scriptImportInput>,
) {
  const parsed = read ?? parseScript(text!, format!);
  const field = read ? "sections" : "text";
  checkScript(parsed, field);
  const sentenceCount = parsed.reduce((sum, section) => sum + section.sentences.length, 0);
  const sectionIds = await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    await touchProject(tx, projectId);
    const there = await tx.$count(sentences, eq(sentences.projectId, projectId));
    if (there + sentenceCount > LIMITS.sentencesPerProject)
      throw badRequest(
        "too_many_sentences",
        `This would be ${there + sentenceCount} sentences; a project has at most ${LIMITS.sentencesPerProject}.`,
        field,
        "Make another project for the rest.",
      );
    const [last] = await tx
      .select({ position: max(sections.position) })
      .from(sections)
      .where(eq(sections.projectId, projectId));
    return insertSections(tx, projectId, parsed, (last?.position ?? -1) + 1);
  });
  ctx.events.publish(projectId, { type: "structure" });
  return { sectionIds, sentenceCount };
}
