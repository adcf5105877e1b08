import { describe, expect, test } from "vitest";
import { JobSteps } from "@/app/projects/[projectId]/live/job-steps";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import { makeJob, makeQueued } from "./make-board";

const running = (changes: Partial<Job> = {}) =>
  makeJob({ status: "running", attempt: 1, lane: "http://gpu", ...changes });
const told = (job: Job): ProjectEvent => ({ type: "job", job });

/** Steps of a project that has this job of the sentence `s1`. */
function following(known: Job | null) {
  const steps = new JobSteps();
  let heard = 0;
  steps.subscribe(() => (heard += 1));
  const take = (...events: ProjectEvent[]) =>
    steps.take(events, (sentenceId) => (sentenceId === "s1" ? known : null));
  return { steps, take, heard: () => heard };
}

describe("a sampling step", () => {
  const known = running({ progress: 5 });

  test("is kept beside the project, told once a round, and stays the same object", () => {
    const { steps, take, heard } = following(known);
    const third = running({ progress: 30, step: "sampling 3/8", preview: 3 });
    expect(take(told(running({ progress: 20, step: "sampling 2/8" })), told(third))).toEqual([]);
    expect(steps.of(known)).toBe(third);
    expect(heard()).toBe(1);
  });

  test("of another job, attempt or state is for the project", () => {
    const { steps, take, heard } = following(known);
    const changed: Partial<Job>[] = [
      { id: "other" },
      { attempt: 2 },
      { isCancelling: true },
      { status: "completed" },
      { failures: 1 },
      { notes: ["The LoRA was left out."] },
    ];
    for (const changes of changed) {
      const event = told(running({ progress: 60, ...changes }));
      expect(take(event)).toEqual([event]);
      expect(steps.of(known)).toBe(known);
    }
    expect(heard()).toBe(0);
  });

  test("of a job that is not known to be painted yet is for the project", () => {
    const event = told(running({ progress: 5 }));
    expect(following(null).take(event)).toEqual([event]);
    expect(following(makeJob()).take(event)).toEqual([event]);
  });

  test("of a proof, or of a test picture, is for the project", () => {
    const { take } = following(known);
    const events = [told(running({ isProof: true })), told(running({ sentenceId: null }))];
    expect(take(...events)).toEqual(events);
  });

  test("of another take of the shot leaves the one that is shown as far as it is", () => {
    const { steps, take } = following(known);
    const half = running({ progress: 50 });
    take(told(half));
    const other = told(running({ id: "other", progress: 10 }));
    expect(take(other)).toEqual([other]);
    expect(steps.of(known)).toBe(half);
  });

  test("that follows something else of its shot waits for that, and comes in order", () => {
    const { take } = following(known);
    const { id, ...rest } = makeQueued("s1");
    const sentence: ProjectEvent = { type: "sentence", sentence: { id, ...rest } };
    const step = told(running({ progress: 90 }));
    const events = [sentence, step];
    expect(take(step, ...events)).toEqual(events);
  });

  test("that is known gives way to what the project is told next", () => {
    const { steps, take } = following(known);
    take(told(running({ progress: 90 })));
    const { id, ...rest } = makeQueued("s1");
    take({ type: "sentence", sentence: { id, ...rest } });
    expect(steps.of(known)).toBe(known);
  });

  test("is not shown for a job that was read further on, nor for another one", () => {
    const { steps, take } = following(known);
    take(told(running({ progress: 50 })));
    const read = running({ progress: 80 });
    expect(steps.of(read)).toBe(read);
    const next = running({ id: "next" });
    expect(steps.of(next)).toBe(next);
  });
});
