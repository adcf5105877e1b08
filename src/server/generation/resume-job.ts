import type { GenerationContext, LaneServer } from "./generation-context";
import { fillPlan, type FilledPlan } from "./fill-plan";
import type { JobRow } from "./job-state";
import { outputPrefix, referenceValue } from "./prepare-prompt";

/** A prompt of an earlier attempt that is still worth following. */
export interface Resumable {
  promptId: string;
  server: LaneServer;
  filled: FilledPlan;
}

/**
 * Looks up what an earlier attempt submitted: in history or queue it is followed, whoever submitted it; LOST means
 * that it must be submitted again. One that runs on another lane than ours is stopped there first.
 */
export async function findSubmitted(
  ctx: GenerationContext,
  job: JobRow,
  formerLane: string | null,
  lane: LaneServer,
  signal: AbortSignal,
): Promise<Resumable | null> {
  if (job.promptId === null || job.plan === null) return null;
  const server = ctx.servers.find((one) => one.url === formerLane);
  if (!server) return null;
  const place = await server.client.locate(job.promptId, signal);
  if (place.at === "lost") return null;
  const isElsewhere = server !== lane && place.at !== "history";
  const { hash } = await ctx.library.load(job.plan.workflowFile);
  if (isElsewhere || hash !== job.plan.workflowHash) {
    await server.client.cancel(job.promptId, signal);
    return null;
  }
  const filled = await fillPlan(ctx.library, job.plan, {
    seed: job.seed ?? 0,
    references: job.plan.references.map(referenceValue),
    filenamePrefix: outputPrefix(job),
  });
  return { promptId: job.promptId, server, filled };
}
