import { z } from "zod";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

/** The prompt ids in ComfyUI's queue, everybody's, in their order. */
export interface QueueState {
  running: string[];
  pending: string[];
  /** How many prompts are running or waiting. */
  remaining: number;
}

// An item is [number, prompt_id, prompt, extra_data, outputs].
const item = z.tuple([z.unknown(), z.string()], z.unknown());
const queueSchema = z.object({ queue_running: z.array(item), queue_pending: z.array(item) });

export async function getQueue(
  http: ComfyHttp,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<QueueState> {
  const body = await getJson(http, { path: "queue", schema: queueSchema, ...options });
  const running = body.queue_running.map((entry) => entry[1]);
  // ComfyUI keeps the waiting ones as a heap: the number is the order.
  const pending = body.queue_pending.toSorted((a, b) => Number(a[0]) - Number(b[0])).map((entry) => entry[1]);
  return { running, pending, remaining: running.length + pending.length };
}
