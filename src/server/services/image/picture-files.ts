import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import { sentences, takes } from "@/server/db/schema";
import { projectFolder, takeFile } from "@/server/image-store/paths";
import type { ServiceContext } from "../context";

/** The take that a sentence shows, with its file, relative to DATA_DIR. */
export async function getSentenceImage(
  ctx: ServiceContext,
  { projectId, sentenceId }: { projectId: string; sentenceId: string },
): Promise<{ takeId: string; file: string }> {
  const [row] = await ctx.database.db
    .select({ takeId: takes.id, file: takes.file })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(and(eq(sentences.id, sentenceId), eq(sentences.projectId, projectId)));
  if (!row) throw notFound("picture", sentenceId, "sentenceId");
  return row;
}

/** The file of a take, relative to DATA_DIR; a deleted one is not served any more. */
export async function getTakeFile(
  ctx: ServiceContext,
  { projectId, takeId }: { projectId: string; takeId: string },
): Promise<string> {
  const [row] = await ctx.database.db
    .select({ file: takes.file })
    .from(takes)
    .where(and(eq(takes.id, takeId), isNull(takes.deletedAt)));
  if (!row || row.file !== takeFile(projectId, takeId)) throw notFound("take", takeId, "takeId");
  return row.file;
}

/** The file of an own picture as it was given, relative to DATA_DIR. */
export async function getOriginalFile(
  ctx: ServiceContext,
  { projectId, takeId }: { projectId: string; takeId: string },
): Promise<string> {
  const [row] = await ctx.database.db
    .select({ file: takes.originalFile })
    .from(takes)
    .where(and(eq(takes.id, takeId), isNull(takes.deletedAt)));
  if (!row?.file?.startsWith(`${projectFolder(projectId)}/`)) throw notFound("original", takeId, "takeId");
  return row.file;
}
