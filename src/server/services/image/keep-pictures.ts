import { and, eq, inArray, isNull } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "@/lib/errors";
import type { KeepOutput, keepInput } from "@/lib/schemas/image";
import type { Tx } from "@/server/db/database";
import { projects, sentences } from "@/server/db/schema";
import { acceptInputs } from "@/server/generation/accept-inputs";
import { announceSentences } from "@/server/generation/announce";
import { readFingerprints } from "@/server/generation/dirty";
import { NO_FAILURES } from "@/server/generation/shown-fields";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";

/**
 * Keeps pictures although what they would be made from has changed: the present inputs are accepted for the take that
 * is shown, and the shot is clean. The take still tells what it was made from; a shot that failed over its old
 * picture is completed again, and of a take that failed beside others nothing is told any more.
 */
export async function keepPictures(
  ctx: ServiceContext,
  { projectId, sentenceIds }: z.infer<typeof keepInput>,
): Promise<KeepOutput> {
  const { kept, skipped } = await ctx.database.db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    // Whoever changes the project's inputs at this moment comes before or after.
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for("update");
    const sorted = await sortSentences(tx, projectId, sentenceIds);
    if (sorted.dirty.length > 0) {
      const scope = { projectIds: [projectId], sentenceIds: sorted.dirty };
      await acceptInputs(tx, await readFingerprints(tx, ctx, scope));
    }
    if (sorted.kept.length > 0)
      await tx
        .update(sentences)
        .set({ isImageDirty: false, status: "completed", ...NO_FAILURES })
        .where(inArray(sentences.id, sorted.kept));
    return sorted;
  });
  await announceSentences(ctx, kept, ctx.generation.status);
  return { kept: kept.length, skipped };
}

/** Which of the sentences can be kept, in no order, which of those are dirty, and why those that were named cannot be. */
async function sortSentences(
  tx: Tx,
  projectId: string,
  sentenceIds: readonly string[] | undefined,
): Promise<{ kept: string[]; dirty: string[]; skipped: KeepOutput["skipped"] }> {
  const rows = await tx
    .select({
      id: sentences.id,
      takeId: sentences.selectedTakeId,
      status: sentences.status,
      isDirty: sentences.isImageDirty,
      error: sentences.error,
    })
    .from(sentences)
    .where(
      and(
        eq(sentences.projectId, projectId),
        isNull(sentences.shelvedAt),
        sentenceIds && inArray(sentences.id, [...sentenceIds]),
      ),
    )
    .for("update");
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept: string[] = [];
  const skipped: KeepOutput["skipped"] = [];
  for (const id of new Set(sentenceIds ?? byId.keys())) {
    const row = byId.get(id);
    if (!row) throw notFound("sentence", id, "sentenceIds");
    const isClean = !row.isDirty && row.status !== "failed" && row.error === null;
    const reason =
      row.takeId === null
        ? "noPicture"
        : row.status === "generating"
          ? "generating"
          : isClean
            ? "clean"
            : null;
    if (reason === null) kept.push(id);
    else if (sentenceIds) skipped.push({ sentenceId: id, reason });
  }
  return { kept, dirty: kept.filter((id) => byId.get(id)?.isDirty), skipped };
}
