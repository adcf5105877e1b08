import type { Failure } from "@/lib/schemas/common";
import type { Sentence } from "@/lib/schemas/sentence";

/** What a shot shows on its picture. */
export type ShotState = "missing" | "queued" | "running" | "cancelling" | "done" | "dirty" | "failed";

type Facts = Pick<Sentence, "status" | "job" | "imageUrl" | "isImageDirty" | "error">;

/** The one state of a shot; being locked comes on top of it. */
export function shotState({ status, job, imageUrl, isImageDirty, error }: Facts): ShotState {
  if (status === "generating") {
    if (job?.isCancelling) return "cancelling";
    return job?.status === "running" ? "running" : "queued";
  }
  if (status === "failed") return "failed";
  // Also where all else was cancelled after a take failed: why nothing is there is not forgotten.
  if (imageUrl === null) return error === null ? "missing" : "failed";
  return isImageDirty ? "dirty" : "done";
}

/** Whether something of the shot failed, all of it or a take of several, which `error` tells of until it is seen to. */
export const hasFailure = ({ status, error }: Pick<Sentence, "status" | "error">): boolean =>
  status === "failed" || (error !== null && status !== "generating");

/** Whether a picture could not be made while others could: the shot is not failed. */
export const hasLostTake = (one: Pick<Sentence, "status" | "error">): boolean =>
  one.status === "completed" && hasFailure(one);

/** What there is to say of a shot's failure; null where nothing failed. */
export function failureOf(one: Pick<Sentence, "status" | "error">): Failure | null {
  if (!hasFailure(one) || one.error === null) return null;
  if (!hasLostTake(one)) return one.error;
  return { ...one.error, message: `A take could not be made: ${one.error.message}` };
}

/** Whether the shot is in the line or being painted. */
export const isOpen = (sentence: Pick<Sentence, "status">): boolean => sentence.status === "generating";

/** The states in words, for screen readers and lists. */
export const STATE_WORDS: Record<ShotState, string> = {
  missing: "no picture",
  queued: "in line",
  running: "being painted",
  cancelling: "stopping",
  done: "done",
  dirty: "changed since its picture",
  failed: "failed",
};
