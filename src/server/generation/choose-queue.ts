import type { WaitingQueue } from "./job-queue";

/** Places on a board between two priorities. */
const PLACES = 1_000_000;

/** A request's priority and the place on the board as one integer: higher runs first, then board order. */
export function rankOf(priority: number, boardIndex: number, takeNo: number): number {
  return priority * PLACES - Math.min(boardIndex * 8 + (takeNo - 1), PLACES - 1);
}

/** The request's priority in a rank. */
export const priorityOf = (rank: number): number => Math.ceil(rank / PLACES) + 0;

/**
 * In which order a lane looks for work: the highest priority first; within it the model that it has loaded,
 * since loading another takes 20–90 s; then what has waited longest.
 */
export function orderQueues(waiting: readonly WaitingQueue[], loaded: string | null): string[] {
  return waiting
    .toSorted(
      (a, b) =>
        priorityOf(b.rank) - priorityOf(a.rank) ||
        Number(b.queue === loaded) - Number(a.queue === loaded) ||
        a.since - b.since ||
        a.queue.localeCompare(b.queue),
    )
    .map((one) => one.queue);
}
