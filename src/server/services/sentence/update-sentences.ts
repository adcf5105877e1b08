import { eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { badRequest, notFound } from "@/lib/errors";
import type { Sentence, SentenceUpdate } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { generationModels, sentenceCharacters, sentences, visualStyles } from "@/server/db/schema";
import { readCharacters, type SentenceRow } from "@/server/generation/plan-inputs";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject, requireSentence } from "../require-row";
import { readSentences } from "../to-sentence";
import { checkVersion } from "./check-version";

/** Rows of one insert: a statement takes 65,535 parameters. */
const ROWS = 10_000;

/** Changes one sentence. A `version` other than the stored one is a conflict, and nothing is changed. */
export async function updateSentence(ctx: ServiceContext, input: SentenceUpdate): Promise<Sentence> {
  const { projectId } = await requireSentence(ctx.database.db, input.sentenceId);
  const [sentence] = await updateAll(ctx, projectId, [input], () => "");
  return sentence!;
}

/** Changes many sentences of one project: all of them or, where one cannot be changed, none. */
export async function updateSentences(
  ctx: ServiceContext,
  {
    projectId,
    sentences: updates,
    keepPictures,
  }: { projectId: string; sentences: SentenceUpdate[]; keepPictures?: boolean | undefined },
): Promise<{ updated: number; sentences: Sentence[] }> {
  await requireProject(ctx.database.db, projectId);
  const changed = await updateAll(ctx, projectId, updates, (index) => `sentences.${index}.`, keepPictures);
  return { updated: changed.length, sentences: changed };
}

async function updateAll(
  ctx: ServiceContext,
  projectId: string,
  updates: readonly SentenceUpdate[],
  prefix: (index: number) => string,
  keepPictures?: boolean,
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
    await touchProject(tx, projectId);
    const rows = await tx.select().from(sentences).where(inArray(sentences.id, ids)).for("update");
    const byId = new Map(rows.filter((row) => row.projectId === projectId).map((row) => [row.id, row]));
    await checkReferences(tx, updates, prefix);
    const changes = updates.map((update, index) => {
      const row = byId.get(update.sentenceId);
      if (!row) throw notFound("sentence", update.sentenceId, `${prefix(index)}sentenceId`);
      checkVersion(row.version, update.version, `${prefix(index)}version`);
      return toChange(row, update);
    });
    await writeChanges(tx, changes);
    await writeCharacters(tx, updates);
  };
  await changeInputs(ctx, [projectId], change, ids, keepPictures);
  return readSentences(ctx, ids);
}

/** The columns of a sentence that change, with their new values. */
type Change = Pick<SentenceRow, "id"> & Partial<SentenceRow>;

function toChange({ id, version }: SentenceRow, update: SentenceUpdate): Change {
  const { sentenceId: _, version: __, characterIds, imagePrompt, ...others } = update;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(imagePrompt !== undefined && { imagePrompt: imagePrompt?.trim() || null }),
    ...(characterIds !== undefined && { hasOwnCharacters: characterIds !== null }),
    id,
    version: version + 1,
  };
}

/** One statement for all that change the same columns: three thousand of them would hold the database for seconds. */
async function writeChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
  const columns = getTableColumns(sentences);
  for (const some of Map.groupBy(changes, (one) => Object.keys(one).toSorted().join()).values()) {
    const names = Object.keys(some[0]!) as (keyof typeof columns)[];
    const changed = names.filter((name) => name !== "id");
    const types = names.map((name) => sql`${sql.identifier(name)} ${sql.raw(columns[name].getSQLType())}`);
    const rows = sql`jsonb_to_recordset(${JSON.stringify(some)}::text::jsonb) as r(${sql.join(types, sql`, `)})`;
    await tx
      .update(sentences)
      .set(Object.fromEntries(changed.map((name) => [name, sql`r.${sql.identifier(name)}`])))
      .from(rows)
      .where(eq(sentences.id, sql`r.id`));
  }
}

async function writeCharacters(tx: Tx, updates: readonly SentenceUpdate[]): Promise<void> {
  const chosen = updates.filter((one) => one.characterIds !== undefined);
  if (chosen.length === 0) return;
  const ids = chosen.map((one) => one.sentenceId);
  await tx.delete(sentenceCharacters).where(inArray(sentenceCharacters.sentenceId, ids));
  const rows = chosen.flatMap(({ sentenceId, characterIds }) =>
    [...new Set(characterIds)].map((characterId, position) => ({ sentenceId, characterId, position })),
  );
  for (let from = 0; from < rows.length; from += ROWS)
    await tx.insert(sentenceCharacters).values(rows.slice(from, from + ROWS));
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
