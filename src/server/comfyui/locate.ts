import { getHistory } from "./history";
import type { HistoryEntry } from "./history";
import type { ComfyHttp } from "./http";
import { getQueue } from "./queue";

/** Where a prompt is. `lost`: ComfyUI knows nothing of it, as after its restart, so it may be submitted again. */
export type PromptPlace =
  | { at: "history"; entry: HistoryEntry }
  | { at: "running" }
  | { at: "pending" }
  | { at: "lost" };

/** Asks history, then queue, then history once more: between the first two the prompt may have moved. */
export async function locatePrompt(
  http: ComfyHttp,
  promptId: string,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<PromptPlace> {
  const before = await getHistory(http, promptId, options);
  if (before) return { at: "history", entry: before };
  const queue = await getQueue(http, options);
  if (queue.running.includes(promptId)) return { at: "running" };
  if (queue.pending.includes(promptId)) return { at: "pending" };
  const after = await getHistory(http, promptId, options);
  return after ? { at: "history", entry: after } : { at: "lost" };
}
