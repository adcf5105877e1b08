/** A step that says when the next attempt comes. */
export interface RetryStep {
  seconds: number;
  /** `(2 of 3)` */
  which: string;
}

/** The wait that a job's step tells of; null for every other step. */
export function readRetryStep(step: string | null): RetryStep | null {
  const [, seconds, which] = /^trying again in (\d+) s (\(\d+ of \d+\))$/.exec(step ?? "") ?? [];
  return seconds === undefined || which === undefined ? null : { seconds: Number(seconds), which };
}
