import type { WaitingQueue } from "./job-queue";

/** Places on a board between two priorities. */
const PLACES = 1_000_000;

/** A request's priority and the place on the board as one integer: higher runs first, then board order. */
export function rankOf(priority: number, boardIndex: number, takeNo: number): number {
  return priority * PLACES - Math.min(boardIndex * 8 + (takeNo - 1), PLACES - 1);
}

/** The same place on the board, at another priority. */
export const rankOfOther = (rank: number, priority: number): number =>
  priority * PLACES - (priorityOf(rank) * PLACES - rank);

/** The request's priority in a rank. */
export const priorityOf = (rank: number): number => Math.ceil(rank / PLACES) + 0;

/** How much longer than the loaded model's oldest ticket another model's may have waited, in ms, before it goes first. */
const PATIENCE = 600_000;

/**
 * In which order a lane looks for work: the highest priority first; within it the model that it has loaded,
 * since loading another takes 20–90 s; then what has waited longest. The loaded model's lead is bounded, so work
 * that keeps coming in for it does not starve the others.
 */
export function orderQueues(waiting: readonly WaitingQueue[], loaded: string | null): string[] {
  const turn = ({ queue, since }: WaitingQueue) => (queue === loaded ? since - PATIENCE : since);
  return waiting
    .toSorted(
      (a, b) =>
        priorityOf(b.rank) - priorityOf(a.rank) ||
        turn(a) - turn(b) ||
        Number(b.queue === loaded) - Number(a.queue === loaded) ||
        a.queue.localeCompare(b.queue),
    )
    .map((one) => one.queue);
}
