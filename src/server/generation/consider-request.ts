import { and, eq, inArray } from "drizzle-orm";
import { badRequest, notFound, ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { PlanInputs } from "@/lib/plan/plan";
import {
  overridesSchema,
  type GenerateInput,
  type GenerateOutput,
  type Overrides,
} from "@/lib/schemas/image";
import { generationJobs, sections } from "@/server/db/schema";
import { checkChoices, checkDemands, checkUnpicked } from "./check-request";
import type { GenerationContext } from "./generation-context";
import { pickSentences } from "./pick-sentences";
import { IS_FOR_BOARD } from "./proofs";
import { readProjectPlans, type PlanRow, type ProjectPlans } from "./plan-inputs";

/** A sentence that a request makes pictures of. */
export interface Picked {
  sentence: PlanRow;
  inputs: PlanInputs;
  boardIndex: number;
}

export interface Consideration {
  overrides: Overrides;
  /** In board order. */
  picked: Picked[];
  skipped: GenerateOutput["skipped"];
}

/**
 * Which sentences a request makes pictures of, and why the others are left out; nothing is queued, no server asked.
 * @param skipsGone whether sentences that are not on the board are passed over, instead of the request refused
 * @throws ShotboardError for what the request itself has wrong
 */
export async function considerRequest(
  ctx: GenerationContext,
  input: GenerateInput,
  skipsGone = false,
): Promise<Consideration> {
  const plans = await readProjectPlans(ctx.database.db, ctx.library, input.projectId);
  if (!plans) throw notFound("project", input.projectId, "projectId");

  // What is asked for is checked also where nothing is picked: a wrong request is wrong whatever the board's state.
  const overrides = overridesSchema.strip().parse(input);
  checkChoices(plans.inputsOf(null, overrides));
  const board = await findPlaces(ctx, plans);
  const placeOf = ({ id }: { id: string }) => board.get(id) ?? 0;
  const wanted = wantedSentences(plans.sentences, input.sentenceIds, skipsGone).toSorted(
    (a, b) => placeOf(a) - placeOf(b),
  );
  const { picked: rows, skipped } = pickSentences(
    wanted,
    await readOpen(ctx, input.projectId),
    input.force ?? false,
  );
  const picked = rows.map((sentence) => ({
    sentence,
    inputs: plans.inputsOf(sentence, overrides),
    boardIndex: placeOf(sentence),
  }));
  if (picked.length === 0)
    checkUnpicked((wanted.length > 0 ? wanted : [null]).map((one) => plans.inputsOf(one, overrides)));
  checkDemands(picked.map((one) => one.inputs));
  const takes = input.takes ?? 1;
  if (picked.length * takes > LIMITS.sentenceIds)
    throw badRequest(
      "too_many_jobs",
      `This would queue ${picked.length * takes} pictures; at most ${LIMITS.sentenceIds} go into one batch.`,
      "takes",
      "Ask for fewer takes, or for fewer sentences.",
    );
  return { overrides, picked, skipped };
}

async function readOpen({ database }: GenerationContext, projectId: string): Promise<Set<string>> {
  const rows = await database.db
    .select({ id: generationJobs.sentenceId })
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.projectId, projectId),
        inArray(generationJobs.status, ["queued", "running"]),
        IS_FOR_BOARD,
      ),
    );
  return new Set(rows.flatMap((row) => row.id ?? []));
}

/** Each sentence's place on the board, from 0. */
async function findPlaces(
  { database }: GenerationContext,
  { project, sentences }: ProjectPlans,
): Promise<Map<string, number>> {
  const rows = await database.db
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.projectId, project.id))
    .orderBy(sections.position, sections.id);
  const sectionPlaces = new Map(rows.map((row, index) => [row.id, index]));
  const placeOf = (sentence: PlanRow) => sectionPlaces.get(sentence.sectionId) ?? 0;
  const sorted = sentences.toSorted(
    (a, b) => placeOf(a) - placeOf(b) || a.position - b.position || (a.id < b.id ? -1 : 1),
  );
  return new Map(sorted.map((sentence, index) => [sentence.id, index]));
}

function wantedSentences(
  all: readonly PlanRow[],
  ids: readonly string[] | undefined,
  skipsGone: boolean,
): PlanRow[] {
  const onBoard = all.filter((one) => one.shelvedAt === null);
  if (ids === undefined) return onBoard;
  const byId = new Map(onBoard.map((one) => [one.id, one]));
  return [...new Set(ids)].flatMap((id) => {
    const sentence = byId.get(id);
    if (sentence) return [sentence];
    if (skipsGone) return [];
    throw new ShotboardError(
      "NOT_FOUND",
      `There is no sentence with the id "${id}" in this project. Nothing was queued.`,
      {
        reason: "sentence_not_found",
        field: `sentenceIds.${ids.indexOf(id)}`,
        remedy: "Check the id, or list the project's sentences.",
      },
    );
  });
}
