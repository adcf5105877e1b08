import { z } from "zod";
import { idSchema, NO_NUL, noNul, timeSchema, wellFormed } from "./common";

/**
 * ready: idle and reachable · busy: renders for us · waiting: not answering, asked again · paused (`pause` says by
 * whom) · unhealthy: its GPU failed or ran out of memory again and again · diskFull: ComfyUI's disk or Shotboard's,
 * or a data folder that cannot be written · elsewhere: another process holds it. What is not paused goes on by itself.
 */
export const laneStateSchema = z.enum([
  "ready",
  "busy",
  "waiting",
  "paused",
  "unhealthy",
  "diskFull",
  "elsewhere",
]);
export type LaneState = z.infer<typeof laneStateSchema>;

export const pausedBySchema = z.enum(["user", "shotboard"]);
export type PausedBy = z.infer<typeof pausedBySchema>;

/** Who stopped handing out work, why and when. */
export const pauseSchema = z.object({
  by: pausedBySchema,
  reason: z.string().nullable(),
  at: timeSchema.nullable(),
});
export type Pause = z.infer<typeof pauseSchema>;

/** One ComfyUI server. */
export const laneSchema = z.object({
  url: z.string(),
  name: z.string(),
  state: laneStateSchema,
  /** Why it takes no work, in a sentence with what to do. */
  reason: z.string().nullable(),
  /** Set where this lane itself is paused; a pause of the whole queue is the queue's. */
  pause: pauseSchema.nullable(),
  retryAt: timeSchema.nullable(),
  version: z.string().nullable(),
  device: z.string().nullable(),
  /** Prompts in its queue, of all programs; null when unknown. */
  queueRemaining: z.int().nullable(),
  /** Video memory in bytes; null when unknown. */
  vramTotal: z.number().nullable(),
  vramFree: z.number().nullable(),
  jobId: idSchema.nullable(),
});
export type Lane = z.infer<typeof laneSchema>;

export const queueStatusSchema = z.object({
  /** True while the demo renderer stands in for a ComfyUI. */
  isDemo: z.boolean(),
  isPaused: z.boolean(),
  /** Set where the whole queue is paused. */
  pause: pauseSchema.nullable(),
  queued: z.int(),
  running: z.int(),
  lanes: z.array(laneSchema).max(64),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

export const queueControlInput = z
  .strictObject({
    lane: z.string().min(1).max(2_000).refine(noNul, NO_NUL).optional(),
    /** Why, for whoever looks at it later. */
    reason: wellFormed().trim().min(1).max(500).refine(noNul, NO_NUL).optional(),
  })
  .optional();
