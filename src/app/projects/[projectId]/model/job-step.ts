import type { Job } from "@/lib/schemas/job";
import { isEqual } from "./is-equal";

/** What of a job changes with each sampling step. */
const OF_A_STEP: ReadonlySet<string> = new Set<keyof Job>(["progress", "step", "preview"]);

/** Whether `next` tells of a job what `known` does, but for how far it is. */
export function isStepOf(known: Job | null | undefined, next: Job): boolean {
  if (known?.id !== next.id || known.status !== "running") return false;
  return (Object.keys(next) as (keyof Job)[]).every(
    (key) => OF_A_STEP.has(key) || isEqual(known[key], next[key]),
  );
}

/** Whether `step` is a job that is no less far in the same attempt. */
export function isNewerStep(step: Job, known: Job): boolean {
  return step.progress >= known.progress && isStepOf(known, step);
}

/** Whether `job` is another one of the same shot, while the shot shows the one that is being painted. */
export function isBeside(shown: Job | null | undefined, job: Job): boolean {
  return shown?.status === "running" && shown.id !== job.id;
}
