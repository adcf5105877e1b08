import type { ProjectEvent } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import { isBeside, isNewerStep, isStepOf } from "../model/job-step";

/**
 * How far the jobs are that are being painted, beside the project itself: a sampling step draws one shot again, not
 * the board of thousands around it.
 */
export class JobSteps {
  /** The newest step of each sentence's job. */
  readonly #newest = new Map<string, Job>();
  readonly #listeners = new Set<() => void>();

  /**
   * Takes those events that tell how far a job is and nothing else.
   * @param known the job that the project has of a sentence
   * @returns the others, in order
   */
  take(
    events: readonly ProjectEvent[],
    known: (sentenceId: string) => Job | null | undefined,
  ): ProjectEvent[] {
    /** Sentences of which the others tell something: what follows of them has to wait for it. */
    const told = new Set<string>();
    let isAllTold = false;
    let hasSteps = false;
    const others = events.filter((event) => {
      if (event.type === "snapshot") isAllTold = true;
      if (event.type === "sentence") told.add(event.sentence.id);
      if (event.type !== "job" || event.job.sentenceId === null || event.job.isProof) return true;
      const { sentenceId } = event.job;
      const isTold = isAllTold || told.has(sentenceId);
      const shown = known(sentenceId);
      // Another take of the shot, on another lane: what is shown goes on.
      if (!isTold && isBeside(shown, event.job)) return true;
      if (isTold || !isStepOf(shown, event.job)) {
        told.add(sentenceId);
        return true;
      }
      this.#newest.set(sentenceId, event.job);
      hasSteps = true;
      return false;
    });
    // What is told now is newer than the steps before; it draws its shots itself.
    if (isAllTold) this.#newest.clear();
    else for (const id of told) this.#newest.delete(id);
    if (hasSteps) for (const listener of this.#listeners) listener();
    return others;
  }

  /** The job as far as it is now; the same object until its next step. */
  readonly of = (job: Job): Job => {
    const step = job.sentenceId === null ? undefined : this.#newest.get(job.sentenceId);
    return step !== undefined && isNewerStep(step, job) ? step : job;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
