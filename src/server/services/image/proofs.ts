import { and, desc, eq, isNull } from "drizzle-orm";
import type { Proof, ProofInput, ProofList, ProofOutput } from "@/lib/schemas/proof";
import { generationJobs, sentences, takes } from "@/server/db/schema";
import { fingerprintOf } from "@/server/generation/dirty";
import { toJob } from "@/server/generation/job-state";
import { readProjectPlans } from "@/server/generation/plan-inputs";
import { IS_PROOF } from "@/server/generation/proofs";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";

/** Jobs that are looked at, and proofs that are answered: the newest. */
const JOBS = 2_000;
const PROOFS = 1_000;

/** Queues a proof of each sentence in each style: see `enqueueProofs`. */
export async function makeProofs(ctx: ServiceContext, input: ProofInput): Promise<ProofOutput> {
  return ctx.generation.prove(input);
}

/** What a project's contact sheets show: of each sentence and style the newest job and the newest picture. */
export async function listProofs(
  ctx: ServiceContext,
  { projectId }: { projectId: string },
): Promise<ProofList> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const rows = await db
    .select({ job: generationJobs, take: takes, selectedTakeId: sentences.selectedTakeId })
    .from(generationJobs)
    .innerJoin(sentences, eq(sentences.id, generationJobs.sentenceId))
    .leftJoin(takes, and(eq(takes.jobId, generationJobs.id), isNull(takes.deletedAt)))
    .where(and(eq(generationJobs.projectId, projectId), IS_PROOF, isNull(sentences.shelvedAt)))
    .orderBy(desc(generationJobs.queuedAt), desc(generationJobs.id))
    .limit(JOBS);
  const [newest] = rows;
  if (!newest) return { sheet: null, items: [] };
  const ids = [...new Set(rows.map((row) => row.job.sentenceId!))];
  const plans = await readProjectPlans(db, ctx.library, projectId, ids);
  const rowsById = new Map(plans?.sentences.map((one) => [one.id, one]));
  const { styles } = plans?.inputsOf(null, {}) ?? {};
  const nowOf = (sentenceId: string, styleId: string) => {
    const sentence = rowsById.get(sentenceId);
    return sentence && plans ? fingerprintOf(plans.inputsOf(sentence, { styleId })) : null;
  };
  const proofs = new Map<string, Proof>();
  for (const { job, take, selectedTakeId } of rows) {
    const sentenceId = job.sentenceId!;
    const { styleId } = job.input.overrides;
    if (styleId === undefined || !styles?.has(styleId)) continue;
    const key = `${sentenceId} ${styleId}`;
    const known = proofs.get(key);
    if (known?.take) continue;
    const isLeftOver = take?.renderer === "demo" && !ctx.fleet.isDemo;
    proofs.set(key, {
      sentenceId,
      styleId,
      job: known?.job ?? toJob(job, ctx.live),
      take: take && {
        id: take.id,
        url: `/media/projects/${projectId}/takes/${take.id}.png`,
        isFitting: take.fingerprint === nowOf(sentenceId, styleId) && !isLeftOver,
        isSelected: take.id === selectedTakeId,
      },
    });
  }
  const { sheet } = newest.job.input;
  return {
    sheet: sheet
      ? {
          sentenceIds: sheet.sentenceIds.filter((id) => rowsById.has(id)),
          styleIds: sheet.styleIds.filter((id) => styles?.has(id)),
        }
      : null,
    items: [...proofs.values()].slice(0, PROOFS),
  };
}
