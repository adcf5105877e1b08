/** What a test can wait for. Each prompt reaches each at most once a run. */
export type Milestone = "submitted" | "started" | "sampling" | "finished";

/** Counts what has happened since the server was made, and wakes those who wait for the n-th time. */
export class Milestones {
  readonly #reached: Record<Milestone, string[]> = { submitted: [], started: [], sampling: [], finished: [] };
  #waiting: { milestone: Milestone; n: number; resolve: (promptId: string) => void }[] = [];

  reach(milestone: Milestone, promptId: string): void {
    const reached = this.#reached[milestone];
    reached.push(promptId);
    const isDue = (it: { milestone: Milestone; n: number }) =>
      it.milestone === milestone && it.n <= reached.length;
    const due = this.#waiting.filter(isDue);
    this.#waiting = this.#waiting.filter((it) => !isDue(it));
    for (const { n, resolve } of due) resolve(reached[n - 1] ?? promptId);
  }

  /** The prompt id that reached it as the n-th, counted from 1; at once if that lies in the past. */
  waitFor(milestone: Milestone, n: number): Promise<string> {
    const past = this.#reached[milestone][n - 1];
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve) => this.#waiting.push({ milestone, n, resolve }));
  }
}
