import { and, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { sentences, takes } from "@/server/db/schema";
import { showSelected } from "@/server/generation/show-take";
import type { ServiceContext } from "../context";

type ExpireContext = Pick<ServiceContext, "database" | "images" | "unshown" | "log">;

/**
 * Removes for good what was deleted over an hour ago by the database's clock: the rows first, each only while it is
 * still deleted, then the files, so that no row ever names a file that is gone.
 * @returns how many takes went
 */
export async function expireTakes(ctx: ExpireContext): Promise<number> {
  const { db } = ctx.database;
  const gone = await db
    .delete(takes)
    .where(lte(takes.deletedAt, sql`now() - interval '1 hour'`))
    .returning({ file: takes.file, originalFile: takes.originalFile, sentenceId: takes.sentenceId });
  if (gone.length === 0) return 0;
  for (const { file, originalFile } of gone)
    for (const one of originalFile === null ? [file] : [file, originalFile])
      if (!(await isNamed(ctx, one))) await remove(ctx, one);
  await clearFormerPictures(ctx, new Set(gone.map((one) => one.sentenceId)));
  return gone.length;
}

/** The pictures in `images/` of sentences that show none any more: a crash may have left them. */
async function clearFormerPictures(ctx: ExpireContext, sentenceIds: ReadonlySet<string>): Promise<void> {
  const rows = await ctx.database.db
    .select({ id: sentences.id, projectId: sentences.projectId })
    .from(sentences)
    .where(and(inArray(sentences.id, [...sentenceIds]), isNull(sentences.imageFile)));
  for (const { id, projectId } of rows) await showSelected(ctx, projectId, id);
}

/** Takes of one own picture, framed in different ways or copied with their project, share the file as it was given. */
async function isNamed({ database }: ExpireContext, file: string): Promise<boolean> {
  const [row] = await database.db
    .select({ id: takes.id })
    .from(takes)
    .where(eq(takes.originalFile, file))
    .limit(1);
  return row !== undefined;
}

/** One that is held open stays, and the next start tells of it. */
async function remove({ images, log }: ExpireContext, file: string): Promise<void> {
  await images
    .remove(file)
    .catch((error: unknown) => log.warn("The file of a deleted take could not be removed", { file, error }));
}
