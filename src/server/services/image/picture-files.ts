import { and, eq } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import { sentences, takes } from "@/server/db/schema";
import { projectFolder, takeFile } from "@/server/image-store/paths";
import type { ServiceContext } from "../context";

/** The file of the take that a sentence shows, relative to DATA_DIR. */
export async function getSentenceImageFile(
  ctx: ServiceContext,
  { projectId, sentenceId }: { projectId: string; sentenceId: string },
): Promise<string> {
  const [row] = await ctx.database.db
    .select({ file: takes.file })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(and(eq(sentences.id, sentenceId), eq(sentences.projectId, projectId)));
  if (!row) throw notFound("picture", sentenceId, "sentenceId");
  return row.file;
}

/** The file of a take, relative to DATA_DIR. */
export async function getTakeFile(
  ctx: ServiceContext,
  { projectId, takeId }: { projectId: string; takeId: string },
): Promise<string> {
  const [row] = await ctx.database.db.select({ file: takes.file }).from(takes).where(eq(takes.id, takeId));
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
    .where(eq(takes.id, takeId));
  if (!row?.file?.startsWith(`${projectFolder(projectId)}/`)) throw notFound("original", takeId, "takeId");
  return row.file;
}
