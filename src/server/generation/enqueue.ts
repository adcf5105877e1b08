import { and, eq, inArray, sql } from "drizzle-orm";
import { codeOf } from "@/lib/disk-problem";
import { badRequest, notFound, ShotboardError } from "@/lib/errors";
import { chooseModelId } from "@/lib/plan/choose-model";
import type { PlanInputs } from "@/lib/plan/plan";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import {
  overridesSchema,
  type GenerateInput,
  type GenerateOutput,
  type Overrides,
} from "@/lib/schemas/image";
import { LIMITS } from "@/lib/limits";
import { newId } from "@/server/db/new-id";
import type { Tx } from "@/server/db/database";
import { batches, generationJobs, sections } from "@/server/db/schema";
import { checkChoices, checkDemands, checkProblems, checkUnpicked } from "./check-request";
import { rankOf } from "./choose-queue";
import type { GenerationContext } from "./generation-context";
import { DEFAULT_QUEUE, type Ticket } from "./job-queue";
import { pickSentences } from "./pick-sentences";
import { readProjectPlans, type PlanRow, type ProjectPlans } from "./plan-inputs";
import { insertJobs, type NewJob } from "./insert-jobs";
import { IS_FOR_BOARD } from "./proofs";
import { findProblems } from "./preflight";
import { takeSeed } from "./take-seed";

/** PostgreSQL's code for a second row where one is allowed. */
const UNIQUE_VIOLATION = "23505";

type Answer = Omit<GenerateOutput, "batchId" | "jobIds" | "queued">;

interface Picked {
  sentence: PlanRow;
  inputs: PlanInputs;
  boardIndex: number;
}

/**
 * Queues one job for each take of each sentence that needs a picture: rows and tickets in one transaction.
 * Nothing to do is success with `queued: 0`; so is what would fail every job, told in `problems`.
 * @throws ShotboardError for what the request itself has wrong; then nothing is queued at all
 */
export async function enqueueImages(ctx: GenerationContext, input: GenerateInput): Promise<GenerateOutput> {
  const { database, queue } = ctx;
  const repeated = await findAnswer(ctx, input);
  if (repeated) return repeated;
  const plans = await readProjectPlans(database.db, ctx.library, input.projectId);
  if (!plans) throw notFound("project", input.projectId, "projectId");

  // What is asked for is checked also where nothing is picked: a wrong request is wrong whatever the board's state.
  const overrides = overridesSchema.strip().parse(input);
  checkChoices(plans.inputsOf(null, overrides));
  const board = await findPlaces(ctx, plans);
  const placeOf = ({ id }: { id: string }) => board.get(id) ?? 0;
  const wanted = wantedSentences(plans.sentences, input.sentenceIds).toSorted(
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
  const problems = await findProblems(
    ctx,
    picked.map(({ sentence, inputs }) => ({ sentenceId: sentence.id, inputs })),
  );
  checkProblems(overrides, problems, picked.length);

  const answer: Answer = { skipped, problems };
  const takes = input.takes ?? 1;
  const stopped = new Set(problems.flatMap((one) => one.sentenceIds));
  const isStopped = stopped.size === picked.length && !input.ignoreProblems;
  // Nothing is left to pick also where the same request was carried out a moment ago.
  if (picked.length === 0 || isStopped)
    return (await findAnswer(ctx, input)) ?? { batchId: null, jobIds: [], queued: 0, ...answer };
  if (picked.length * takes > LIMITS.sentenceIds)
    throw badRequest(
      "too_many_jobs",
      `This would queue ${picked.length * takes} pictures; at most ${LIMITS.sentenceIds} go into one batch.`,
      "takes",
      "Ask for fewer takes, or for fewer sentences.",
    );
  if (input.dryRun) return { batchId: null, jobIds: [], queued: picked.length * takes, ...answer };

  for (const name of new Set(picked.map((one) => queueOf(one.inputs)))) await queue.ensure(name);
  const done = await database.db
    .transaction((tx) => insertBatch(ctx, tx, input, overrides, picked, answer))
    .catch(async (error: unknown) => {
      const first = codeOf(error) === UNIQUE_VIOLATION ? await findAnswer(ctx, input) : null;
      if (!first) throw error;
      return first;
    });
  queue.wake();
  return done;
}

const queueOf = (inputs: PlanInputs) => chooseModelId(inputs) ?? DEFAULT_QUEUE;

async function findAnswer(
  { database }: GenerationContext,
  input: GenerateInput,
): Promise<GenerateOutput | null> {
  if (input.idempotencyKey === undefined || input.dryRun) return null;
  const [batch] = await database.db
    .select({ answer: batches.answer })
    .from(batches)
    .where(and(eq(batches.projectId, input.projectId), eq(batches.idempotencyKey, input.idempotencyKey)));
  return batch?.answer ?? null;
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

function wantedSentences(all: readonly PlanRow[], ids: readonly string[] | undefined): PlanRow[] {
  const onBoard = all.filter((one) => one.shelvedAt === null);
  if (ids === undefined) return onBoard;
  const byId = new Map(onBoard.map((one) => [one.id, one]));
  return [...new Set(ids)].map((id) => {
    const sentence = byId.get(id);
    if (sentence) return sentence;
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

async function insertBatch(
  ctx: GenerationContext,
  tx: Tx,
  input: GenerateInput,
  overrides: Overrides,
  picked: readonly Picked[],
  answer: Answer,
): Promise<GenerateOutput> {
  const batchId = newId();
  await tx
    .insert(batches)
    .values({ id: batchId, projectId: input.projectId, idempotencyKey: input.idempotencyKey ?? null });
  const priority = input.priority ?? 0;
  const rows = picked.flatMap(({ sentence, inputs, boardIndex }) =>
    Array.from({ length: input.takes ?? 1 }, (_, index): NewJob => ({
      id: newId(),
      sentenceId: sentence.id,
      takeNo: index + 1,
      input: { overrides, modelId: chooseModelId(inputs) },
      seed: overrides.seed === undefined ? null : takeSeed(overrides.seed, index + 1),
      rank: rankOf(priority, boardIndex, index + 1),
    })),
  );
  const inserted = await insertJobs(tx, { batchId, projectId: input.projectId, priority }, rows);
  const jobs = rows.filter((row) => inserted.has(row.id));
  const queuedSentences = new Set(jobs.map((row) => row.sentenceId));
  for (const { sentence } of picked)
    if (!queuedSentences.has(sentence.id))
      answer.skipped.push({ sentenceId: sentence.id, reason: "alreadyQueued" });
  const bySentence = new Map(picked.map((one) => [one.sentence.id, one]));
  await ctx.queue.enqueue(
    tx,
    jobs.map((job) => toTicket(job, bySentence.get(job.sentenceId)!)),
  );
  const done = { batchId, jobIds: jobs.map((job) => job.id), queued: jobs.length, ...answer };
  await tx
    .update(batches)
    .set({ answer: done })
    .where(sql`${batches.id} = ${batchId}`);
  return done;
}

function toTicket(job: NewJob, { sentence, inputs }: Picked): Ticket {
  const { modelId, ...overrides } = inputs.overrides;
  const fixedModel = modelId ?? chooseModelId(inputs);
  return {
    id: job.id,
    queue: queueOf(inputs),
    rank: job.rank,
    event: {
      sentenceId: job.sentenceId,
      projectId: sentence.projectId,
      prompt: imagePromptOf(sentence),
      ...overrides,
      ...(fixedModel !== null && { modelId: fixedModel }),
    },
  };
}
