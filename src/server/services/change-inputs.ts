import type { Tx } from "@/server/db/database";
import { changeWithDirty } from "@/server/generation/dirty";
import { announceSentences } from "@/server/generation/announce";
import type { ServiceContext } from "./context";

/**
 * Changes what pictures are made from, in one transaction, with the dirty flags of all shots that it touches; then
 * tells everybody who looks at these projects.
 * @param projectIds the projects whose shots may be touched
 * @param sentenceIds where only these of them may be
 * @param keepsPictures whether it is for new pictures only: what is clean before it stays clean
 */
export async function changeInputs<T>(
  ctx: ServiceContext,
  projectIds: readonly string[],
  change: (tx: Tx) => Promise<T>,
  sentenceIds?: readonly string[],
  keepsPictures?: boolean,
): Promise<T> {
  const { result, changed } = await ctx.database.db.transaction((tx) =>
    changeWithDirty(tx, ctx, { projectIds, sentenceIds, keepsPictures }, () => change(tx)),
  );
  await announceSentences(ctx, changed, ctx.generation.status);
  for (const projectId of projectIds) ctx.events.publish(projectId, { type: "structure" });
  return result;
}
