import type { ServiceContext } from "../context";

/** Stops what is in line or being painted for sentences that leave the board. */
export async function cancelOpenJobs(ctx: ServiceContext, sentenceIds: string[]): Promise<void> {
  const jobIds = await ctx.generation.openJobs(sentenceIds);
  if (jobIds.length > 0) await ctx.generation.cancel({ jobIds });
}
