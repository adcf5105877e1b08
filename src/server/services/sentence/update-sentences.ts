import { eq, inArray } from "drizzle-orm";
import { badRequest, conflict, notFound } from "@/lib/errors";
import type { Sentence, SentenceUpdate } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { generationModels, sentenceCharacters, sentences, visualStyles } from "@/server/db/schema";
import { readCharacters, type SentenceRow } from "@/server/generation/plan-inputs";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { requireProject, requireSentence } from "../require-row";
import { readSentences } from "../to-sentence";

/** Changes one sentence. A `version` other than the stored one is a conflict, and nothing is changed. */
export async function updateSentence(ctx: ServiceContext, input: SentenceUpdate): Promise<Sentence> {
  const { projectId } = await requireSentence(ctx.database.db, input.sentenceId);
  const [sentence] = await updateAll(ctx, projectId, [input], () => "");
  return sentence!;
}

/** Changes many sentences of one project: all of them or, where one cannot be changed, none. */
export async function updateSentences(
  ctx: ServiceContext,
  { projectId, sentences: updates }: { projectId: string; sentences: SentenceUpdate[] },
): Promise<{ updated: number; sentences: Sentence[] }> {
  await requireProject(ctx.database.db, projectId);
  const changed = await updateAll(ctx, projectId, updates, (index) => `sentences.${index}.`);
  return { updated: changed.length, sentences: changed };
}

async function updateAll(
  ctx: ServiceContext,
  projectId: string,
  updates: readonly SentenceUpdate[],
  prefix: (index: number) => string,
): Promise<Sentence[]> {
  const ids = updates.map((one) => one.sentenceId);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0)
    throw badRequest(
      "sentence_twice",
      `The sentence "${ids[twice]}" stands in the list twice.`,
      `${prefix(twice)}sentenceId`,
      "Change it once.",
    );
  const change = async (tx: Tx) => {
    const rows = await tx.select().from(sentences).where(inArray(sentences.id, ids)).for("update");
    const byId = new Map(rows.filter((row) => row.projectId === projectId).map((row) => [row.id, row]));
    await checkReferences(tx, updates, prefix);
    for (const [index, update] of updates.entries()) {
      const row = byId.get(update.sentenceId);
      if (!row) throw notFound("sentence", update.sentenceId, `${prefix(index)}sentenceId`);
      await updateOne(tx, row, update, prefix(index));
    }
  };
  await changeInputs(ctx, [projectId], change, ids);
  return readSentences(ctx, ids);
}

async function updateOne(tx: Tx, row: SentenceRow, update: SentenceUpdate, prefix: string): Promise<void> {
  const { sentenceId, version, characterIds, ...changes } = update;
  if (version !== undefined && version !== row.version)
    throw conflict(
      "sentence_changed",
      `This sentence was changed elsewhere meanwhile: version ${version} was edited, ${row.version} is stored.`,
      `${prefix}version`,
      "Load it again, then repeat the change.",
    );
  const own = characterIds === undefined ? {} : { hasOwnCharacters: characterIds !== null };
  const imagePrompt =
    changes.imagePrompt === undefined ? {} : { imagePrompt: changes.imagePrompt?.trim() || null };
  await tx
    .update(sentences)
    .set({ ...changes, ...imagePrompt, ...own, version: row.version + 1 })
    .where(eq(sentences.id, sentenceId));
  if (characterIds === undefined) return;
  await tx.delete(sentenceCharacters).where(eq(sentenceCharacters.sentenceId, sentenceId));
  const chosen = [...new Set(characterIds)].map((characterId, position) => ({
    sentenceId,
    characterId,
    position,
  }));
  if (chosen.length > 0) await tx.insert(sentenceCharacters).values(chosen);
}

/** Models, styles and characters that the updates name must exist. */
async function checkReferences(
  tx: Tx,
  updates: readonly SentenceUpdate[],
  prefix: (index: number) => string,
): Promise<void> {
  const models = new Set(
    (await tx.select({ id: generationModels.id }).from(generationModels)).map((row) => row.id),
  );
  const styles = new Set((await tx.select({ id: visualStyles.id }).from(visualStyles)).map((row) => row.id));
  const people = await readCharacters(tx);
  for (const [index, { modelId, styleId, characterIds }] of updates.entries()) {
    if (modelId && !models.has(modelId)) throw notFound("model", modelId, `${prefix(index)}modelId`);
    if (styleId && !styles.has(styleId)) throw notFound("style", styleId, `${prefix(index)}styleId`);
    for (const id of characterIds ?? [])
      if (!people.has(id)) throw notFound("character", id, `${prefix(index)}characterIds`);
  }
}
