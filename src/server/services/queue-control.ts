import { notFound } from "@/lib/errors";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { ServiceContext } from "./context";

export async function getQueueStatus(ctx: ServiceContext): Promise<QueueStatus> {
  return ctx.generation.status();
}

/** Hands out no more work, of the whole queue or of one lane, until resumed; what runs goes on to its end. */
export async function pauseQueue(
  ctx: ServiceContext,
  input: { lane?: string | undefined } = {},
): Promise<QueueStatus> {
  return setPaused(ctx, true, input.lane);
}

/** Hands out work again, and makes lanes in trouble try at once. */
export async function resumeQueue(
  ctx: ServiceContext,
  input: { lane?: string | undefined } = {},
): Promise<QueueStatus> {
  return setPaused(ctx, false, input.lane);
}

async function setPaused(
  { generation }: ServiceContext,
  isPaused: boolean,
  lane: string | undefined,
): Promise<QueueStatus> {
  if (lane !== undefined && !generation.hasLane(lane)) throw notFound("lane", lane, "lane");
  await generation.setPaused(isPaused, lane);
  return generation.status();
}
