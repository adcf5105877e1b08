import { ComfyError } from "@/server/comfyui/comfy-error";
import type { PromptPlace } from "@/server/comfyui/locate";
import { outcomeOf, type Outcome } from "@/server/comfyui/outcome";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import { fillPlan, type FilledPlan } from "./fill-plan";
import type { JobRow } from "./job-state";
import { outputPrefix, referenceValue } from "./prepare-prompt";

/** A prompt of an earlier attempt that is still worth following. */
export interface Resumable {
  promptId: string;
  server: LaneServer;
  filled: FilledPlan;
  /** How it ended, where another lane's server knows that already. */
  outcome: Outcome | null;
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
  const server = ctx.fleet.find(formerLane);
  if (!server) return null;
  const isElsewhere = server !== lane;
  const place = await locate(ctx, server, job.promptId, isElsewhere, signal);
  if (place.at === "lost") return null;
  const { hash } = await ctx.library.load(job.plan.workflowFile, job.plan.slotChoices);
  if ((isElsewhere && place.at !== "history") || hash !== job.plan.workflowHash) {
    await server.client.cancel(job.promptId, signal);
    return null;
  }
  const filled = await fillPlan(ctx.library, job.plan, {
    seed: job.seed ?? 0,
    references: job.plan.references.map(referenceValue),
    filenamePrefix: outputPrefix(job),
  });
  const outcome =
    isElsewhere && place.at === "history" ? outcomeOf(place.entry, filled.graph, filled.outputNodeId) : null;
  return { promptId: job.promptId, server, filled, outcome };
}

/** Another lane that is away takes nothing from ours: what it may have is given up. */
async function locate(
  ctx: GenerationContext,
  { client, url }: LaneServer,
  promptId: string,
  isElsewhere: boolean,
  signal: AbortSignal,
): Promise<PromptPlace> {
  try {
    return await client.locate(promptId, signal);
  } catch (error) {
    if (!isElsewhere || !(error instanceof ComfyError)) throw error;
    ctx.log.warn("A prompt on another lane could not be looked up; it is made again", {
      lane: url,
      promptId,
    });
    return { at: "lost" };
  }
}
