import { resolvePlan } from "@/lib/plan/resolve-plan";
import type { Plan, PlanInputs } from "@/lib/plan/plan";
import type { Failure } from "@/lib/schemas/common";
import type { Problem } from "@/lib/schemas/image";
import { checkAfresh } from "@/server/comfyui/check-workflow";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { WorkflowProblem } from "@/server/comfyui/workflow-problem";
import type { Graph } from "@/server/workflow/graph";
import { readFileChoices } from "./file-choices";
import { fillPlan } from "./fill-plan";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";

/** One sentence that a request picked. */
export interface Candidate {
  sentenceId: string;
  inputs: PlanInputs;
}

type Preflight = Pick<GenerationContext, "database" | "library" | "fleet" | "timings" | "log">;

/** Everything that would make jobs of this request fail, each with the sentences it stops. */
export async function findProblems(ctx: Preflight, candidates: readonly Candidate[]): Promise<Problem[]> {
  const problems = new Map<string, Problem>();
  const add = (problem: Omit<Problem, "sentenceIds">, sentenceIds: readonly string[]) => {
    const key = `${problem.code} ${problem.message}`;
    const known = problems.get(key);
    if (known) known.sentenceIds.push(...sentenceIds.filter((id) => !known.sentenceIds.includes(id)));
    else problems.set(key, { ...problem, sentenceIds: [...sentenceIds] });
  };

  const graphs = new Map<string, { plan: Plan; sentenceIds: string[] }>();
  for (const { sentenceId, inputs } of candidates) {
    const { plan, failure } = resolvePlan(inputs);
    if (failure) {
      add(failure, [sentenceId]);
      continue;
    }
    const key = JSON.stringify([plan.workflowFile, plan.lora?.file, plan.references.length > 0]);
    const graph = graphs.get(key);
    if (graph) graph.sentenceIds.push(sentenceId);
    else graphs.set(key, { plan, sentenceIds: [sentenceId] });
  }
  const asked = [...graphs.values()].map(async ({ plan, sentenceIds }) => {
    for (const found of await findPlanProblems(ctx, plan)) add(found, sentenceIds);
  });
  await Promise.all(asked);
  return [...problems.values()];
}

/** What every server that answered in time lacks for this plan; nothing where one of them has it all. */
export async function findPlanProblems(ctx: Preflight, plan: Plan): Promise<Failure[]> {
  const { graph } = await fillPlan(ctx.library, plan, {
    seed: 0,
    references: plan.references.map(() => "preflight.png"),
    filenamePrefix: "preflight",
  });
  const answers = await Promise.all(ctx.fleet.servers.map((server) => askServer(ctx, server, graph)));
  const known = answers.filter((answer) => answer !== null);
  const [fewest = []] = known.toSorted((a, b) => a.length - b.length);
  return fewest.map(({ code, message, input, remedy }) => ({ code, message, field: input, remedy }));
}

async function askServer(
  ctx: Preflight,
  { client, url }: LaneServer,
  graph: Graph,
): Promise<WorkflowProblem[] | null> {
  try {
    const signal = AbortSignal.timeout(ctx.timings.preflightMs);
    const choices = await readFileChoices(ctx.database.db, url);
    return (await checkAfresh(client, graph, { choices, signal })).problems;
  } catch (error) {
    // A server that is slow or away holds nothing up: its lane checks again before it submits.
    const isAbsent =
      error instanceof ComfyError || (error instanceof Error && /abort|timeout/i.test(error.name));
    if (!isAbsent) throw error;
    ctx.log.debug("A server did not answer before the batch was queued", { url });
    return null;
  }
}
