import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "@/lib/errors";
import type { Foresight } from "@/lib/schemas/common";
import type { sentenceForeseeInput } from "@/lib/schemas/sentence";
import { sentences } from "@/server/db/schema";
import { foreseeDirty } from "@/server/generation/foresee-dirty";
import type { ServiceContext } from "../context";
import { requireModel, requireProject, requireStyle } from "../require-row";

/** How many of some sentences a model or style of their own would make dirty; nothing is changed. */
export async function foreseeSentences(
  ctx: ServiceContext,
  { projectId, sentenceIds, modelId, styleId }: z.infer<typeof sentenceForeseeInput>,
): Promise<Foresight> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  if (modelId) await requireModel(db, modelId);
  if (styleId) await requireStyle(db, styleId);
  const rows = await db
    .select({ id: sentences.id })
    .from(sentences)
    .where(and(eq(sentences.projectId, projectId), inArray(sentences.id, sentenceIds)));
  const known = new Set(rows.map((row) => row.id));
  const missing = sentenceIds.findIndex((id) => !known.has(id));
  if (missing >= 0) throw notFound("sentence", sentenceIds[missing]!, `sentenceIds.${missing}`);
  const change = { ...(modelId !== undefined && { modelId }), ...(styleId !== undefined && { styleId }) };
  return foreseeDirty(
    ctx,
    [projectId],
    (inputs) => ({ ...inputs, sentence: { ...inputs.sentence, ...change } }),
    { sentenceIds },
  );
}
