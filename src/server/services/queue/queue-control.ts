import { notFound } from "@/lib/errors";
import type { Pause, QueueStatus } from "@/lib/schemas/queue";
import type { ServiceContext } from "../context";

export async function getQueueStatus(ctx: ServiceContext): Promise<QueueStatus> {
  return ctx.generation.status();
}

/** Hands out no more work, of the whole queue or of one lane, until resumed; what runs goes on to its end. */
export async function pauseQueue(
  ctx: ServiceContext,
  { lane, reason = null }: { lane?: string | undefined; reason?: string | null | undefined } = {},
): Promise<QueueStatus> {
  return setPaused(ctx, { by: "user", reason }, lane);
}

/** Hands out work again, and makes lanes in trouble try at once. */
export async function resumeQueue(
  ctx: ServiceContext,
  input: { lane?: string | undefined } = {},
): Promise<QueueStatus> {
  return setPaused(ctx, null, input.lane);
}

async function setPaused(
  { generation }: ServiceContext,
  pause: Omit<Pause, "at"> | null,
  lane: string | undefined,
): Promise<QueueStatus> {
  if (lane !== undefined && !generation.hasLane(lane)) throw notFound("lane", lane, "lane");
  await generation.setPaused(pause, lane);
  return generation.status();
}
