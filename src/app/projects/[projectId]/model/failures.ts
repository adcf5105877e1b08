import type { Failure } from "@/lib/schemas/common";
import type { Sentence } from "@/lib/schemas/sentence";
import { hasFailure } from "./shot-state";

/** Shots that failed, or a take of them, with one reason. */
export interface FailureGroup {
  failure: Failure;
  sentenceIds: string[];
}

const UNKNOWN: Failure = {
  code: "unknown",
  message: "These pictures could not be made.",
  field: null,
  remedy: null,
};

/** The shots with a failure by reason, the reason of the most shots first. */
export function groupFailures(sentences: readonly Sentence[]): FailureGroup[] {
  const failed = sentences.filter(hasFailure);
  const byReason = Map.groupBy(failed, ({ error }) => JSON.stringify([error?.code, error?.message]));
  return [...byReason.values()]
    .map((some) => ({
      failure: some[0]?.error ?? UNKNOWN,
      sentenceIds: some.map((one) => one.id),
    }))
    .toSorted((a, b) => b.sentenceIds.length - a.sentenceIds.length);
}
