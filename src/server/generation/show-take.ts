import { eq } from "drizzle-orm";
import { sentences, takes } from "@/server/db/schema";
import { imageFile } from "@/server/image-store/paths";
import type { GenerationContext } from "./generation-context";

/**
 * Makes a selected take the sentence's own picture. That the file is held open by another program changes nothing
 * of what is stored: it is logged, and tried again until it works.
 */
export async function showTake(
  ctx: Pick<GenerationContext, "images" | "unshown" | "log">,
  projectId: string,
  sentenceId: string,
  file: string,
): Promise<void> {
  try {
    await ctx.images.showTake(projectId, sentenceId, file);
    ctx.unshown.delete(sentenceId);
  } catch (error) {
    if (!ctx.unshown.has(sentenceId))
      ctx.log.warn("A stored picture could not be put into images/ yet; it is tried again", {
        sentenceId,
        error,
      });
    ctx.unshown.add(sentenceId);
  }
}

/** Makes the sentence's own picture what it shows now, or removes it: also where another choice came meanwhile. */
export async function showSelected(
  ctx: Pick<GenerationContext, "database" | "images" | "unshown" | "log">,
  projectId: string,
  sentenceId: string,
): Promise<void> {
  for (let file = await selectedFile(ctx, sentenceId); ;) {
    if (file !== null) await showTake(ctx, projectId, sentenceId, file);
    else await removeShown(ctx, imageFile(projectId, sentenceId));
    const now = await selectedFile(ctx, sentenceId);
    if (now === file) return;
    file = now;
  }
}

/** No row names it any more: left behind it is only told of. */
async function removeShown(
  { images, log }: Pick<GenerationContext, "images" | "log">,
  file: string,
): Promise<void> {
  await images
    .remove(file)
    .catch((error: unknown) => log.warn("A shot's former picture could not be removed", { file, error }));
}

async function selectedFile(
  { database }: Pick<GenerationContext, "database">,
  sentenceId: string,
): Promise<string | null> {
  const [row] = await database.db
    .select({ file: takes.file })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(eq(sentences.id, sentenceId));
  return row?.file ?? null;
}
