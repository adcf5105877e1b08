import { randomInt } from "node:crypto";
import { fingerprint } from "@/lib/plan/fingerprint";
import type { Plan, PlanInputs } from "@/lib/plan/plan";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import { readTestInputs } from "./enqueue-test";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import { hasWorkflow, workflowChanged } from "./pinned-workflow";
import { readProjectPlans } from "./plan-inputs";
import { FencedError, JobFailure } from "./run-errors";
import { takeSeed } from "./take-seed";

/** Drawn seeds are short enough to be read aloud, and plenty. */
export const SEEDS = 2 ** 32;

export interface ResolvedJob {
  plan: Plan;
  fingerprint: string;
  seed: number;
  notes: string[];
}

/**
 * A job's plan from the rows as they are when it starts; only its model was fixed when it was queued.
 * @throws JobFailure where no picture can be made of them
 */
export async function resolveJob(ctx: GenerationContext, job: JobRow): Promise<ResolvedJob> {
  if (job.input.plan) return resolvePinned(ctx, job, job.input.plan);
  const inputs = await readInputs(ctx, job);
  const { overrides, modelId } = job.input;
  const fixed = {
    ...inputs,
    project: { ...inputs.project, modelId },
    sentence: { ...inputs.sentence, modelId },
    overrides: { ...overrides, modelId: modelId ?? undefined },
  };
  const { plan, failure, notes } = resolvePlan(fixed);
  if (failure) throw new JobFailure(failure);
  // On a board the shot itself shows whom it is painted with.
  const [reference] = plan.references;
  if (job.kind === "test" && reference)
    notes.push(`Painted with the picture of ${inputs.characters.get(reference.characterId)?.name}.`);
  const rolled = plan.seed === null ? randomInt(SEEDS) : takeSeed(plan.seed, job.takeNo);
  return { plan, fingerprint: fingerprint(plan), seed: job.seed ?? rolled, notes };
}

/** A plan that was settled when the job was queued; never painted on another workflow than its own. */
async function resolvePinned({ library }: GenerationContext, job: JobRow, plan: Plan): Promise<ResolvedJob> {
  if (!(await hasWorkflow(library, plan))) throw new JobFailure(workflowChanged(plan));
  return { plan, fingerprint: fingerprint(plan), seed: job.seed ?? plan.seed ?? 0, notes: [] };
}

async function readInputs(ctx: GenerationContext, job: JobRow): Promise<PlanInputs> {
  const { overrides, modelId, prompt = "" } = job.input;
  if (job.kind === "test") return readTestInputs(ctx, { modelId: modelId!, prompt, overrides });
  const plans = await readProjectPlans(ctx.database.db, ctx.library, job.projectId!, [job.sentenceId!]);
  const sentence = plans?.sentences[0];
  if (!plans || !sentence) throw new FencedError(`The sentence of job ${job.id} is gone.`);
  return plans.inputsOf(sentence, overrides);
}
