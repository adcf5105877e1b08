import type { Graph } from "@/server/workflow/graph";
import type { SavedImage } from "./node-cache";

/** A prompt that waits, runs or ran. */
export interface QueueItem {
  number: number;
  promptId: string;
  graph: Graph;
  extraData: Record<string, unknown>;
  /** The output nodes that will run. */
  outputs: readonly string[];
}

/** What `GET /history` says about one prompt. */
export interface HistoryEntry {
  prompt: unknown;
  outputs: Record<string, { images: readonly SavedImage[] }>;
  status: { status_str: "success" | "error"; completed: boolean; messages: [type: string, data: unknown][] };
  meta: Record<string, unknown>;
}

/** ComfyUI's queue: one prompt runs, the others wait in the order of their numbers; what is over is history. */
export class PromptQueue {
  /** The most prompts that were ever here at once. */
  maxPending = 0;
  #pending: QueueItem[] = [];
  #running: QueueItem | null = null;
  #history = new Map<string, HistoryEntry>();

  /** Number of prompts that wait or run. */
  get remaining(): number {
    return this.#pending.length + (this.#running ? 1 : 0);
  }

  get running(): QueueItem | null {
    return this.#running;
  }

  get pending(): readonly QueueItem[] {
    return this.#pending;
  }

  put(item: QueueItem): void {
    this.#pending = [...this.#pending, item].sort((a, b) => a.number - b.number);
    this.maxPending = Math.max(this.maxPending, this.remaining);
  }

  /** Takes the next prompt to run, or null. */
  next(): QueueItem | null {
    this.#running = this.#pending.shift() ?? null;
    return this.#running;
  }

  /** The running prompt is over. */
  settle(item: QueueItem, entry: HistoryEntry): void {
    // A prompt id that runs again is the newest entry, as in a dictionary that is written anew.
    this.#history.delete(item.promptId);
    this.#history.set(item.promptId, entry);
    this.#running = null;
  }

  /** Removes waiting prompts; answers whether there was one. */
  remove(which: (item: QueueItem) => boolean): boolean {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter((item) => !which(item));
    return this.#pending.length < before;
  }

  history(promptId: string): HistoryEntry | undefined {
    return this.#history.get(promptId);
  }

  /** The newest `max` entries, oldest first. */
  newestHistory(max: number): [id: string, entry: HistoryEntry][] {
    const entries = [...this.#history];
    return entries.slice(Math.max(0, entries.length - max));
  }

  forgetHistory(promptIds?: readonly string[]): void {
    if (promptIds) for (const id of promptIds) this.#history.delete(id);
    else this.#history.clear();
  }

  /** As after a restart: nothing waits, runs or was ever here. */
  forgetAll(): void {
    this.#pending = [];
    this.#running = null;
    this.#history.clear();
  }
}

/** A queue item as `GET /queue` lists it. */
export function queueEntry(item: QueueItem): unknown[] {
  return [item.number, item.promptId, item.graph, item.extraData, item.outputs];
}
