import { asc, eq, inArray } from "drizzle-orm";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Db, Tx } from "@/server/db/database";
import { sentenceCharacters, sentences } from "@/server/db/schema";
import { imageUrlOf, type OpenJobs, readOpenJobs, readShownTakes } from "@/server/generation/sentence-state";
import type { SentenceRow } from "@/server/generation/plan-inputs";
import type { ServiceContext } from "./context";

/** What of sentences stands in other tables, by sentence. */
interface SentenceParts {
  /** The characters chosen by hand. */
  own: ReadonlyMap<string, string[]>;
  shown: ReadonlyMap<string, Sentence["shownTake"]>;
  jobs: ReadonlyMap<string, OpenJobs>;
}

/** A sentence as the API shows it. */
export function toSentence(row: SentenceRow, { own, shown, jobs }: SentenceParts): Sentence {
  return {
    id: row.id,
    sectionId: row.sectionId,
    position: row.position,
    text: row.text,
    imagePrompt: row.imagePrompt,
    modelId: row.modelId,
    styleId: row.styleId,
    seed: row.seed,
    isSeedLocked: row.isSeedLocked,
    isLocked: row.isLocked,
    status: row.status,
    isImageDirty: row.isImageDirty,
    imageFile: row.imageFile,
    imageUrl: imageUrlOf(row),
    selectedTakeId: row.selectedTakeId,
    shownTake: shown.get(row.id) ?? null,
    characterIds: row.hasOwnCharacters ? (own.get(row.id) ?? []) : null,
    isFlagged: row.isFlagged,
    startMs: row.startMs,
    endMs: row.endMs,
    job: jobs.get(row.id)?.job ?? null,
    openJobs: jobs.get(row.id)?.count ?? 0,
    failedJobs: row.failedJobs,
    error: row.error,
    version: row.version,
  };
}

/** The characters chosen by hand, by sentence. */
export async function readOwnCharacters(
  on: Db | Tx,
  where: { projectId: string } | { ids: string[] },
): Promise<Map<string, string[]>> {
  const rows = await on
    .select({ sentenceId: sentenceCharacters.sentenceId, characterId: sentenceCharacters.characterId })
    .from(sentenceCharacters)
    .innerJoin(sentences, eq(sentences.id, sentenceCharacters.sentenceId))
    .where("projectId" in where ? eq(sentences.projectId, where.projectId) : inArray(sentences.id, where.ids))
    .orderBy(asc(sentenceCharacters.position));
  return new Map(
    [...Map.groupBy(rows, (row) => row.sentenceId)].map(([id, some]) => [
      id,
      some.map((row) => row.characterId),
    ]),
  );
}

/** Sentences by their ids, whole, in the order asked. */
export async function readSentences(ctx: ServiceContext, ids: string[]): Promise<Sentence[]> {
  const { db } = ctx.database;
  const rows = await db.select().from(sentences).where(inArray(sentences.id, ids));
  const parts = {
    own: await readOwnCharacters(db, { ids }),
    shown: await readShownTakes(db, { sentenceIds: ids }),
    jobs: await readOpenJobs(db, ctx.live, { sentenceIds: ids }),
  };
  const byId = new Map(rows.map((row) => [row.id, toSentence(row, parts)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
