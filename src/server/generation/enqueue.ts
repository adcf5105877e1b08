import { and, eq, sql } from "drizzle-orm";
import { codeOf } from "@/lib/disk-problem";
import { chooseModelId } from "@/lib/plan/choose-model";
import type { PlanInputs } from "@/lib/plan/plan";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import type { GenerateInput, GenerateOutput, Overrides } from "@/lib/schemas/image";
import { newId } from "@/server/db/new-id";
import type { Tx } from "@/server/db/database";
import { batches } from "@/server/db/schema";
import { checkProblems } from "./check-request";
import { rankOf } from "./choose-queue";
import { considerRequest, type Picked } from "./consider-request";
import type { GenerationContext } from "./generation-context";
import { DEFAULT_QUEUE, type Ticket } from "./job-queue";
import { insertJobs, type NewJob } from "./insert-jobs";
import { findProblems } from "./preflight";
import { takeSeed } from "./take-seed";

/** PostgreSQL's code for a second row where one is allowed. */
const UNIQUE_VIOLATION = "23505";

type Answer = Omit<GenerateOutput, "batchId" | "jobIds" | "queued">;

/**
 * Queues one job for each take of each sentence that needs a picture: rows and tickets in one transaction.
 * Nothing to do is success with `queued: 0`; so is what would fail every job, told in `problems`.
 * @throws ShotboardError for what the request itself has wrong; then nothing is queued at all
 */
export async function enqueueImages(ctx: GenerationContext, input: GenerateInput): Promise<GenerateOutput> {
  const { database, queue } = ctx;
  const repeated = await findAnswer(ctx, input);
  if (repeated) return repeated;
  const { overrides, picked, skipped } = await considerRequest(ctx, input);
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
