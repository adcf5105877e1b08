import type { Sentence } from "@/lib/schemas/sentence";

/** Priorities that move waiting shots before or behind all those that were asked for as usual. */
export const PRIORITY = { next: 10, normal: 0, last: -10 } as const;

/** Which of these shots wait and could get another turn, by that turn. */
export function turnsOf(sentences: readonly Sentence[]): Record<keyof typeof PRIORITY, string[]> {
  const waiting = sentences.filter(
    ({ status, job }) => status === "generating" && job?.status === "queued" && !job.isCancelling,
  );
  const other = (turn: keyof typeof PRIORITY) =>
    waiting.filter((one) => one.job?.priority !== PRIORITY[turn]).map((one) => one.id);
  return { next: other("next"), normal: other("normal"), last: other("last") };
}
