import { z } from "zod";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

/** The prompt ids in ComfyUI's queue, everybody's, in their order. */
export interface QueueState {
  running: string[];
  pending: string[];
  /** How many prompts are running or waiting. */
  remaining: number;
  /** The same with their size: running ones first, then waiting ones in their order. */
  items: QueueItem[];
}

export interface QueueItem {
  promptId: string;
  isRunning: boolean;
  /** How many nodes its workflow has; null where the server does not tell. */
  nodes: number | null;
}

// An item is [number, prompt_id, prompt, extra_data, outputs].
const item = z.tuple([z.unknown(), z.string()], z.unknown());
const queueSchema = z.object({ queue_running: z.array(item), queue_pending: z.array(item) });

export async function getQueue(
  http: ComfyHttp,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<QueueState> {
  const body = await getJson(http, { path: "queue", schema: queueSchema, ...options });
  // ComfyUI keeps the waiting ones as a heap: the number is the order.
  const waiting = body.queue_pending.toSorted((a, b) => Number(a[0]) - Number(b[0]));
  const items = [
    ...body.queue_running.map((entry) => toItem(entry, true)),
    ...waiting.map((entry) => toItem(entry, false)),
  ];
  const idsOf = (some: QueueItem[]) => some.map((one) => one.promptId);
  return {
    running: idsOf(items.filter((one) => one.isRunning)),
    pending: idsOf(items.filter((one) => !one.isRunning)),
    remaining: items.length,
    items,
  };
}

function toItem([, promptId, prompt]: z.infer<typeof item>, isRunning: boolean): QueueItem {
  const isGraph = typeof prompt === "object" && prompt !== null && !Array.isArray(prompt);
  return { promptId, isRunning, nodes: isGraph ? Object.keys(prompt).length : null };
}
