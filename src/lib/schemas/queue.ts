import { z } from "zod";
import { idSchema, timeSchema } from "./common";

/** One ComfyUI server. */
export const laneSchema = z.object({
  url: z.string(),
  name: z.string(),
  /**
   * ready: idle and reachable · busy: renders for us · waiting: not answering, asked again · paused: by the
   * user · trouble: stopped itself (`reason`), tries again at `retryAt` · elsewhere: another process holds it
   */
  state: z.enum(["ready", "busy", "waiting", "paused", "trouble", "elsewhere"]),
  reason: z.string().nullable(),
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
  queued: z.int(),
  running: z.int(),
  lanes: z.array(laneSchema).max(64),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

export const queueControlInput = z.strictObject({ lane: z.string().min(1).max(2_000).optional() }).optional();
