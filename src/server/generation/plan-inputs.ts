import { and, asc, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm";
import type { PlanCharacter, PlanInputs, PlanSentence } from "@/lib/plan/plan";
import type { Overrides } from "@/lib/schemas/image";
import type { Db, Tx } from "@/server/db/database";
import {
  characterImages,
  characters,
  generationModels,
  projectCast,
  projects,
  sentenceCharacters,
  sentences,
  visualStyles,
} from "@/server/db/schema";
import type { WorkflowLibrary } from "./workflow-library";

export type SentenceRow = typeof sentences.$inferSelect;
export type ProjectRow = typeof projects.$inferSelect;

/** What of a sentence decides whether and how a picture of it is made. */
export type PlanRow = Pick<SentenceRow, Exclude<(typeof PLAN_COLUMNS)[number], "shelvedAt">> & {
  shelvedAt: Date | string | null;
};

const PLAN_COLUMNS = [
  "id",
  "projectId",
  "sectionId",
  "position",
  "text",
  "imagePrompt",
  "modelId",
  "styleId",
  "seed",
  "isSeedLocked",
  "isLocked",
  "imageFile",
  "isImageDirty",
  "hasOwnCharacters",
  "shelvedAt",
] as const satisfies (keyof SentenceRow)[];

/** Everything that the plans of a project's sentences are resolved from, read at one moment. */
export interface ProjectPlans {
  project: ProjectRow;
  sentences: PlanRow[];
  /** @param sentence null: of none, which leaves what the request and the project say */
  inputsOf(sentence: PlanRow | null, overrides: Overrides): PlanInputs;
}

const NO_SENTENCE: PlanSentence = {
  text: "",
  imagePrompt: null,
  modelId: null,
  styleId: null,
  seed: null,
  isSeedLocked: false,
  characterIds: [],
};

/**
 * Reads a project's plan inputs, for all its sentences or for those named; null where the project is gone.
 * @param on inside a transaction, it; the rows are read as that transaction sees them
 */
export async function readProjectPlans(
  on: Db | Tx,
  library: WorkflowLibrary,
  projectId: string,
  sentenceIds?: readonly string[],
): Promise<ProjectPlans | null> {
  const [project] = await on.select().from(projects).where(eq(projects.id, projectId));
  if (!project) return null;
  const only = sentenceIds === undefined ? undefined : inArray(sentences.id, [...sentenceIds]);
  const rows = await readPlanRows(on, and(eq(sentences.projectId, projectId), only));
  const chosen = await on
    .select({ sentenceId: sentenceCharacters.sentenceId, characterId: sentenceCharacters.characterId })
    .from(sentenceCharacters)
    .innerJoin(sentences, eq(sentences.id, sentenceCharacters.sentenceId))
    .where(and(eq(sentences.projectId, projectId), only))
    .orderBy(asc(sentenceCharacters.position));
  const cast = await on
    .select({ characterId: projectCast.characterId })
    .from(projectCast)
    .where(eq(projectCast.projectId, projectId))
    .orderBy(asc(projectCast.position));
  const shared = {
    ...(await readLibraryPlans(on, library)),
    project,
    cast: cast.map((one) => one.characterId),
  };
  const own = Map.groupBy(chosen, (one) => one.sentenceId);
  return {
    project,
    sentences: rows,
    inputsOf: (sentence, overrides) => ({
      ...shared,
      overrides,
      sentence: sentence
        ? {
            ...sentence,
            characterIds: sentence.hasOwnCharacters
              ? (own.get(sentence.id) ?? []).map((one) => one.characterId)
              : null,
          }
        : NO_SENTENCE,
    }),
  };
}

/** What plans of every project share: all models, styles and characters. */
export async function readLibraryPlans(
  on: Db | Tx,
  library: WorkflowLibrary,
): Promise<Pick<PlanInputs, "models" | "styles" | "characters" | "defaults">> {
  const models = await on.select().from(generationModels);
  const styles = await on.select().from(visualStyles).orderBy(asc(visualStyles.id));
  const people = await readCharacters(on);
  const planModels = await Promise.all(models.map((row) => library.planModel(row)));
  return {
    models: new Map(planModels.map((model) => [model.id!, model])),
    styles: new Map(styles.map((style) => [style.id, style])),
    characters: people,
    defaults: await library.defaults(),
  };
}

/** As one JSON value, which thousands of rows are read as in a third of the time. */
async function readPlanRows(on: Db | Tx, where: SQL | undefined): Promise<PlanRow[]> {
  const columns = getTableColumns(sentences);
  const fields = PLAN_COLUMNS.map((name) => sql`${sql.raw(`'${name}'`)}, ${columns[name]}`);
  const all = sql<PlanRow[]>`coalesce(json_agg(json_build_object(${sql.join(fields, sql`, `)})), '[]')`;
  const [row] = await on.select({ all }).from(sentences).where(where);
  return row!.all;
}

/** All characters with their main image. */
export async function readCharacters(on: Db | Tx, ids?: string[]): Promise<Map<string, PlanCharacter>> {
  const rows = await on
    .select({
      id: characters.id,
      name: characters.name,
      description: characters.description,
      mainImageId: characterImages.id,
    })
    .from(characters)
    .leftJoin(
      characterImages,
      and(eq(characterImages.characterId, characters.id), eq(characterImages.isMain, true)),
    )
    .where(ids === undefined ? undefined : inArray(characters.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}
