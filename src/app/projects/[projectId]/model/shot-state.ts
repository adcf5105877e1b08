import type { Sentence } from "@/lib/schemas/sentence";

/** What a shot shows on its picture. */
export type ShotState = "missing" | "queued" | "running" | "cancelling" | "done" | "dirty" | "failed";

type Facts = Pick<Sentence, "status" | "job" | "imageUrl" | "isImageDirty">;

/** The one state of a shot; being locked comes on top of it. */
export function shotState({ status, job, imageUrl, isImageDirty }: Facts): ShotState {
  if (status === "generating") {
    if (job?.isCancelling) return "cancelling";
    return job?.status === "running" ? "running" : "queued";
  }
  if (status === "failed") return "failed";
  if (imageUrl === null) return "missing";
  return isImageDirty ? "dirty" : "done";
}

/** Whether a take of several could not be made while others could, which `error` tells of until it is seen to. */
export const hasLostTake = ({
  status,
  error,
  imageUrl,
}: Pick<Sentence, "status" | "error" | "imageUrl">): boolean =>
  error !== null && imageUrl !== null && status === "completed";

/** Whether something of the shot failed that can be tried again: all of it, or a take of several. */
export const hasFailure = (one: Pick<Sentence, "status" | "error" | "imageUrl">): boolean =>
  one.status === "failed" || hasLostTake(one);

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
