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
