import { and, eq, inArray, isNull } from "drizzle-orm";
import { conflict, notFound, type ShotboardError } from "@/lib/errors";
import type { Plan } from "@/lib/plan/plan";
import type { GenerateOutput } from "@/lib/schemas/image";
import type { TakeRedo } from "@/lib/schemas/take";
import { newId } from "@/server/db/new-id";
import type { Tx } from "@/server/db/database";
import {
  batches,
  characters,
  generationJobs,
  generationModels,
  projects,
  sentences,
  takes,
} from "@/server/db/schema";
import { referenceFile } from "@/server/image-store/paths";
import { rankOf } from "./choose-queue";
import type { GenerationContext } from "./generation-context";
import { insertJobs, type NewJob } from "./insert-jobs";
import { DEFAULT_QUEUE } from "./job-queue";
import { hasWorkflow, workflowChanged } from "./pinned-workflow";
import type { SentenceRow } from "./plan-inputs";
import { findPlanProblems } from "./preflight";
import { IS_FOR_BOARD } from "./proofs";

type TakeRow = typeof takes.$inferSelect;

/**
 * Queues the picture of a take once more, from the very plan and seed that it was painted with, whatever prompt, style
 * or model the shot has now.
 * @throws ShotboardError naming what of it cannot be had any more: nothing else is painted in its place
 */
export async function enqueueRedo(
  ctx: GenerationContext,
  { takeId, ignoreProblems = false }: TakeRedo,
): Promise<GenerateOutput> {
  const { take, sentence, job } = await readTake(ctx, takeId);
  refuseShot(sentence);
  if (take.renderer === "own")
    throw refuse(
      "own_picture",
      "This is a picture of your own: there is nothing to paint it again with.",
      null,
    );
  if (!job?.plan || job.seed === null)
    throw refuse(
      "take_without_plan",
      "How this take was painted is not recorded here: it was copied with its project.",
      "Redo it in the project that it comes from, or generate the shot.",
    );
  const { plan, seed } = job;
  refuseRenderer(ctx, take);
  await refuseModel(ctx, plan);
  if (!(await hasWorkflow(ctx.library, plan))) {
    const { code, message, remedy } = workflowChanged(plan);
    throw refuse(code, message, remedy);
  }
  await refuseReferences(ctx, plan);

  const found = await findPlanProblems(ctx, plan);
  const problems = found.map((problem) => ({ ...problem, sentenceIds: [sentence.id] }));
  const answer: GenerateOutput = { batchId: null, jobIds: [], queued: 0, skipped: [], problems };
  if (problems.length > 0 && !ignoreProblems) return answer;
  await ctx.queue.ensure(plan.modelId ?? DEFAULT_QUEUE);
  const done = await ctx.database.db.transaction((tx) => insert(ctx, tx, sentence, { plan, seed }, answer));
  if (done.queued > 0) ctx.queue.wake();
  return done;
}

async function readTake({ database }: GenerationContext, takeId: string) {
  const [row] = await database.db
    .select({
      take: takes,
      sentence: sentences,
      job: { plan: generationJobs.plan, seed: generationJobs.seed },
    })
    .from(takes)
    .innerJoin(sentences, eq(sentences.id, takes.sentenceId))
    .leftJoin(generationJobs, eq(generationJobs.id, takes.jobId))
    .where(and(eq(takes.id, takeId), isNull(takes.deletedAt)));
  if (!row) throw notFound("take", takeId, "takeId");
  return row;
}

const refuse = (reason: string, message: string, remedy: string | null): ShotboardError =>
  conflict(reason, message, "takeId", remedy);

function refuseShot({ isLocked, shelvedAt }: SentenceRow): void {
  if (isLocked)
    throw refuse("shot_locked", "This shot is locked: it is not painted again.", "Unlock the shot first.");
  if (shelvedAt !== null)
    throw refuse("shot_shelved", "This shot was taken off the board.", "Bring it back from the shelf first.");
}

/** The demo renderer paints nothing that a GPU painted, nor the other way round. */
function refuseRenderer({ fleet }: GenerationContext, { renderer }: TakeRow): void {
  if (renderer === "demo" && !fleet.isDemo)
    throw refuse(
      "other_renderer",
      "The demo renderer painted this take, and ComfyUI would paint another picture.",
      "Generate the shot.",
    );
  if (renderer === "comfyui" && fleet.isDemo)
    throw refuse(
      "other_renderer",
      "ComfyUI painted this take, and the demo renderer would paint another picture.",
      "Connect a ComfyUI server first.",
    );
}

async function refuseModel({ database }: GenerationContext, { modelId, modelName }: Plan): Promise<void> {
  if (modelId === null) return;
  const [model] = await database.db
    .select({ isActive: generationModels.isActive })
    .from(generationModels)
    .where(eq(generationModels.id, modelId));
  if (!model)
    throw refuse(
      "model_gone",
      `The model "${modelName}" that painted this take was deleted.`,
      "Generate the shot with another model.",
    );
  if (!model.isActive)
    throw refuse(
      "model_inactive",
      `The model "${modelName}" that painted this take is switched off.`,
      "Switch it on under Models first.",
    );
}

async function refuseReferences({ database, images }: GenerationContext, plan: Plan): Promise<void> {
  for (const { characterId, imageId } of plan.references) {
    if (await images.exists(referenceFile(characterId, imageId))) continue;
    const [character] = await database.db
      .select({ name: characters.name })
      .from(characters)
      .where(eq(characters.id, characterId));
    throw refuse(
      "reference_gone",
      `A reference picture that this take was painted with is gone: of ${character?.name ?? "a character that was deleted"}.`,
      "Generate the shot to paint it with the references as they are now.",
    );
  }
}

async function insert(
  ctx: GenerationContext,
  tx: Tx,
  sentence: SentenceRow,
  { plan, seed }: { plan: Plan; seed: number },
  nothing: GenerateOutput,
): Promise<GenerateOutput> {
  const { id: sentenceId, projectId } = sentence;
  // Of two presses at once the second sees what the first queued. The project, as whoever queues takes it first, too.
  await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for("update");
  const open = await tx
    .select({ takeNo: generationJobs.takeNo, seed: generationJobs.seed, input: generationJobs.input })
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.sentenceId, sentenceId),
        inArray(generationJobs.status, ["queued", "running"]),
        IS_FOR_BOARD,
      ),
    );
  const inLine: GenerateOutput = { ...nothing, skipped: [{ sentenceId, reason: "alreadyQueued" }] };
  const isSame = (one: (typeof open)[number]) =>
    one.seed === seed && JSON.stringify(one.input.plan) === JSON.stringify(plan);
  if (open.some(isSame)) return inLine;

  const takeNo = 1 + Math.max(0, ...open.map((one) => one.takeNo));
  const batchId = newId();
  const { modelId } = plan;
  // Somebody waits for this one picture: it goes before what a board has in line.
  const rank = rankOf(0, 0, 1);
  const job: NewJob = {
    id: newId(),
    sentenceId,
    takeNo,
    input: { overrides: {}, modelId, plan },
    seed,
    rank,
  };
  const done = { ...nothing, batchId, jobIds: [job.id], queued: 1 };
  await tx.insert(batches).values({ id: batchId, projectId, answer: done });
  const inserted = await insertJobs(tx, { batchId, projectId, priority: 0 }, [job]);
  if (!inserted.has(job.id)) {
    await tx.delete(batches).where(eq(batches.id, batchId));
    return inLine;
  }
  const event = { sentenceId, projectId, prompt: plan.prompt, seed, ...(modelId !== null && { modelId }) };
  await ctx.queue.enqueue(tx, [{ id: job.id, queue: modelId ?? DEFAULT_QUEUE, rank, event }]);
  return done;
}
