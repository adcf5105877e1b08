import { randomInt } from "node:crypto";
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { badRequest, notFound } from "@/lib/errors";
import { chooseModelId } from "@/lib/plan/choose-model";
import type { PlanInputs } from "@/lib/plan/plan";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import type { ProofInput, ProofOutput } from "@/lib/schemas/proof";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { batches, generationJobs, takes } from "@/server/db/schema";
import { rankOf } from "./choose-queue";
import { fingerprintOf } from "./dirty";
import type { GenerationContext } from "./generation-context";
import { insertJobs, type NewJob } from "./insert-jobs";
import { DEFAULT_QUEUE, type Ticket } from "./job-queue";
import { readProjectPlans, type PlanRow } from "./plan-inputs";
import { findProblems } from "./preflight";
import { FIRST_PROOF, IS_PROOF } from "./proofs";
import { SEEDS } from "./resolve-job";

/** Somebody looks at the sheet: before what was asked for without a priority. */
const PRIORITY = 10;

interface Cell {
  sentence: PlanRow;
  styleId: string;
  inputs: PlanInputs;
  row: number;
}

const keyOf = ({ sentenceId, styleId }: { sentenceId: string; styleId: string }) =>
  `${sentenceId} ${styleId}`;

/**
 * Queues a proof of each sentence in each style, but for those that are in line or of which there is a fitting one.
 * All proofs of a sentence have one seed, so that they differ by their style alone.
 * @throws ShotboardError for what the request itself has wrong; then nothing is queued at all
 */
export async function enqueueProofs(ctx: GenerationContext, input: ProofInput): Promise<ProofOutput> {
  const { database, library, queue } = ctx;
  const { projectId } = input;
  const plans = await readProjectPlans(database.db, library, projectId, input.sentenceIds);
  if (!plans) throw notFound("project", projectId, "projectId");
  const sentenceIds = [...new Set(input.sentenceIds)];
  const styleIds = [...new Set(input.styleIds)];
  const known = new Map(plans.sentences.flatMap((one) => (one.shelvedAt === null ? [[one.id, one]] : [])));
  for (const [index, id] of input.sentenceIds.entries())
    if (!known.has(id)) throw notFound("sentence", id, `sentenceIds.${index}`);
  const { styles } = plans.inputsOf(null, {});
  for (const [index, id] of input.styleIds.entries()) {
    const style = styles.get(id);
    if (!style) throw notFound("style", id, `styleIds.${index}`);
    if (!style.isActive)
      throw badRequest(
        "style_inactive",
        `The style "${style.name}" is switched off.`,
        `styleIds.${index}`,
        "Switch it on under Styles, or choose another one.",
      );
  }
  const cells = sentenceIds.flatMap((id, row) =>
    styleIds.map((styleId): Cell => {
      const sentence = known.get(id)!;
      return { sentence, styleId, inputs: plans.inputsOf(sentence, { styleId }), row };
    }),
  );
  const { picked, skipped } = await pickCells(ctx, cells, input.force ?? false);
  const found = await findProblems(
    ctx,
    picked.map((one) => ({ sentenceId: keyOf(cellOf(one)), inputs: one.inputs })),
  );
  const byKey = new Map(picked.map((one) => [keyOf(cellOf(one)), one]));
  const problems = found.map(({ sentenceIds: keys, ...problem }) => ({
    ...problem,
    cells: keys.flatMap((key) => cellOf(byKey.get(key)!)),
  }));
  const stopped = new Set(found.flatMap((one) => one.sentenceIds));
  const wanted = picked.filter((one) => !stopped.has(keyOf(cellOf(one))));
  if (wanted.length === 0) return { batchId: null, jobIds: [], queued: 0, skipped, problems };

  for (const name of new Set(wanted.map(queueOf))) await queue.ensure(name);
  const batchId = newId();
  const jobs = await database.db.transaction(async (tx) => {
    await tx.insert(batches).values({ id: batchId, projectId });
    const numbers = await takenNumbers(tx, sentenceIds);
    const isAgain = input.force ?? false;
    const proved = isAgain ? new Map<string, number>() : await provedSeeds(tx, sentenceIds);
    const seeds = new Map(sentenceIds.map((id) => [id, seedFor(known.get(id)!, isAgain, proved.get(id))]));
    const cells = new Map<string, Cell>();
    const rows = wanted.map((cell): NewJob => {
      const { sentence, styleId, inputs, row } = cell;
      const id = newId();
      cells.set(id, cell);
      return {
        id,
        sentenceId: sentence.id,
        takeNo: nextNumber(numbers, sentence.id),
        input: {
          overrides: { styleId },
          modelId: chooseModelId(inputs),
          isProof: true,
          sheet: { sentenceIds, styleIds },
        },
        seed: seeds.get(sentence.id)!,
        rank: rankOf(PRIORITY, row, styleIds.indexOf(styleId) + 1),
      };
    });
    const inserted = await insertJobs(tx, { batchId, projectId, priority: PRIORITY }, rows);
    const queued = rows.filter((job) => inserted.has(job.id));
    await queue.enqueue(
      tx,
      queued.map((one) => toTicket(one, cells.get(one.id)!)),
    );
    return queued.map(({ id }) => ({ id, cell: cells.get(id)! }));
  });
  queue.wake();
  const isQueued = new Set(jobs.map((job) => keyOf(cellOf(job.cell))));
  // Another request was faster.
  for (const one of wanted)
    if (!isQueued.has(keyOf(cellOf(one)))) skipped.push({ ...cellOf(one), reason: "alreadyQueued" });
  return { batchId, jobIds: jobs.map((job) => job.id), queued: jobs.length, skipped, problems };
}

/**
 * The shot's own, so that a proof is its picture in another style, else that of its proofs before; painted again, it is
 * another roll of the dice.
 */
const seedFor = ({ seed, isSeedLocked }: PlanRow, isAgain: boolean, proved: number | undefined): number =>
  seed !== null && (isSeedLocked || !isAgain) ? seed : (proved ?? randomInt(SEEDS));

/** The seed of each sentence's newest proof. */
async function provedSeeds(tx: Tx, sentenceIds: string[]): Promise<Map<string, number>> {
  const rows = await tx
    .selectDistinctOn([generationJobs.sentenceId], {
      id: generationJobs.sentenceId,
      seed: generationJobs.seed,
    })
    .from(generationJobs)
    .where(and(inArray(generationJobs.sentenceId, sentenceIds), IS_PROOF))
    .orderBy(generationJobs.sentenceId, desc(generationJobs.queuedAt), desc(generationJobs.id));
  return new Map(rows.flatMap(({ id, seed }) => (id === null || seed === null ? [] : [[id, seed]])));
}

function toTicket({ id, rank, seed, input: { modelId } }: NewJob, { sentence, styleId }: Cell): Ticket {
  return {
    id,
    queue: modelId ?? DEFAULT_QUEUE,
    rank,
    event: {
      sentenceId: sentence.id,
      projectId: sentence.projectId,
      prompt: imagePromptOf(sentence),
      styleId,
      ...(seed !== null && { seed }),
      ...(modelId !== null && { modelId }),
    },
  };
}

const cellOf = ({ sentence, styleId }: Cell) => ({ sentenceId: sentence.id, styleId });
const queueOf = ({ inputs }: Cell) => chooseModelId(inputs) ?? DEFAULT_QUEUE;

async function pickCells(
  { database, fleet }: GenerationContext,
  cells: readonly Cell[],
  force: boolean,
): Promise<{ picked: Cell[]; skipped: ProofOutput["skipped"] }> {
  const ids = [...new Set(cells.map((one) => one.sentence.id))];
  const rows = await database.db
    .select({
      sentenceId: generationJobs.sentenceId,
      input: generationJobs.input,
      status: generationJobs.status,
      made: takes.fingerprint,
      renderer: takes.renderer,
    })
    .from(generationJobs)
    .leftJoin(takes, and(eq(takes.jobId, generationJobs.id), isNull(takes.deletedAt)))
    .where(
      and(
        inArray(generationJobs.sentenceId, ids),
        inArray(generationJobs.status, ["queued", "running", "completed"]),
        IS_PROOF,
      ),
    );
  const byCell = Map.groupBy(rows, ({ sentenceId, input }) =>
    keyOf({ sentenceId: sentenceId!, styleId: input.overrides.styleId ?? "" }),
  );
  const picked: Cell[] = [];
  const skipped: ProofOutput["skipped"] = [];
  for (const one of cells) {
    const some = byCell.get(keyOf(cellOf(one))) ?? [];
    const now = fingerprintOf(one.inputs);
    const isOpen = some.some(({ status }) => status !== "completed");
    const isThere =
      now !== null &&
      some.some(({ made, renderer }) => made === now && (renderer !== "demo" || fleet.isDemo));
    if (isOpen) skipped.push({ ...cellOf(one), reason: "alreadyQueued" });
    else if (isThere && !force) skipped.push({ ...cellOf(one), reason: "hasPicture" });
    else picked.push(one);
  }
  return { picked, skipped };
}

/** The numbers of each sentence's proofs that are in line. */
async function takenNumbers(tx: Tx, sentenceIds: string[]): Promise<Map<string, Set<number>>> {
  const open = await tx
    .select({ id: generationJobs.sentenceId, takeNo: generationJobs.takeNo })
    .from(generationJobs)
    .where(
      and(
        inArray(generationJobs.sentenceId, sentenceIds),
        inArray(generationJobs.status, ["queued", "running"]),
        IS_PROOF,
      ),
    );
  const taken = new Map<string, Set<number>>();
  for (const { id, takeNo } of open) taken.set(id!, (taken.get(id!) ?? new Set()).add(takeNo));
  return taken;
}

function nextNumber(taken: Map<string, Set<number>>, sentenceId: string): number {
  const numbers = taken.get(sentenceId) ?? new Set();
  let number = FIRST_PROOF;
  while (numbers.has(number)) number += 1;
  taken.set(sentenceId, numbers.add(number));
  return number;
}
