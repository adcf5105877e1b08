import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import type { Db, Tx } from "@/server/db/database";
import {
  characters,
  generationJobs,
  generationModels,
  projects,
  sections,
  sentences,
  takes,
  visualStyles,
} from "@/server/db/schema";

type On = Db | Tx;

/** Each of these reads one row by its id, or throws NOT_FOUND naming the field that held the id. */
export async function requireProject(on: On, id: string, field = "projectId") {
  const [row] = await on.select().from(projects).where(eq(projects.id, id));
  if (!row) throw notFound("project", id, field);
  return row;
}

export async function requireSection(on: On, id: string, field = "sectionId") {
  const [row] = await on.select().from(sections).where(eq(sections.id, id));
  if (!row) throw notFound("section", id, field);
  return row;
}

export async function requireSentence(on: On, id: string, field = "sentenceId") {
  const [row] = await on.select().from(sentences).where(eq(sentences.id, id));
  if (!row) throw notFound("sentence", id, field);
  return row;
}

export async function requireModel(on: On, id: string, field = "modelId") {
  const [row] = await on.select().from(generationModels).where(eq(generationModels.id, id));
  if (!row) throw notFound("model", id, field);
  return row;
}

export async function requireStyle(on: On, id: string, field = "styleId") {
  const [row] = await on.select().from(visualStyles).where(eq(visualStyles.id, id));
  if (!row) throw notFound("style", id, field);
  return row;
}

export async function requireCharacter(on: On, id: string, field = "characterId") {
  const [row] = await on.select().from(characters).where(eq(characters.id, id));
  if (!row) throw notFound("character", id, field);
  return row;
}

/** A deleted take is not found, though it can still be brought back. */
export async function requireTake(on: On, id: string, field = "takeId") {
  const [row] = await on
    .select()
    .from(takes)
    .where(and(eq(takes.id, id), isNull(takes.deletedAt)));
  if (!row) throw notFound("take", id, field);
  return row;
}

export async function requireJob(on: On, id: string, field = "jobId") {
  const [row] = await on.select().from(generationJobs).where(eq(generationJobs.id, id));
  if (!row) throw notFound("job", id, field);
  return row;
}
