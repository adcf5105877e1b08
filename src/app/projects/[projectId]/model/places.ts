import type { Sentence } from "@/lib/schemas/sentence";

/** Places behind this one are not counted out: a number that far off tells nothing. */
const FAR = 99;

/** Where each waiting shot stands in this project's line, from 1: higher priorities first, then board order. */
export function placesInLine(sentences: readonly Sentence[]): Map<string, number> {
  const waiting = sentences.filter((one) => one.status === "generating" && one.job?.status === "queued");
  const order = waiting.toSorted((a, b) => (b.job?.priority ?? 0) - (a.job?.priority ?? 0));
  return new Map(order.slice(0, FAR).map((one, index) => [one.id, index + 1]));
}
