import { asc, eq } from "drizzle-orm";
import type { Project } from "@/lib/schemas/project";
import { sections, sentences } from "@/server/db/schema";
import { readOpenJobs, readShownTakes } from "@/server/generation/sentence-state";
import type { ProjectRow } from "@/server/generation/plan-inputs";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";
import { readOwnCharacters, toSentence } from "../to-sentence";

/** The fields of a project that are its own. */
export function toProjectFields(row: ProjectRow) {
  const { id, name, modelId, styleId, width, height } = row;
  return {
    id,
    name,
    modelId,
    styleId,
    width,
    height,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A project, always whole: its sections in order with their sentences in order. */
export async function getProject(
  ctx: ServiceContext,
  { projectId }: { projectId: string },
): Promise<Project> {
  const { db } = ctx.database;
  const project = await requireProject(db, projectId);
  const [sectionRows, sentenceRows, own, shown, jobs] = await Promise.all([
    db
      .select()
      .from(sections)
      .where(eq(sections.projectId, projectId))
      .orderBy(asc(sections.position), asc(sections.id)),
    db
      .select()
      .from(sentences)
      .where(eq(sentences.projectId, projectId))
      .orderBy(asc(sentences.position), asc(sentences.id)),
    readOwnCharacters(db, { projectId }),
    readShownTakes(db, { projectId }),
    readOpenJobs(db, ctx.live, { projectId }),
  ]);
  const bySection = Map.groupBy(
    sentenceRows.filter((row) => row.shelvedAt === null),
    (row) => row.sectionId,
  );
  return {
    ...toProjectFields(project),
    sections: sectionRows.map((section) => ({
      ...section,
      sentences: (bySection.get(section.id) ?? []).map((row) => toSentence(row, { own, shown, jobs })),
    })),
  };
}
