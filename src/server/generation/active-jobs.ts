import type { Ownership } from "./claim";
import { CancelledError, FencedError } from "./run-errors";

interface Active {
  queue: string;
  control: AbortController;
  owned: Ownership;
  done: Promise<void>;
}

/** The jobs that a lane works on, waits between attempts included. */
export class ActiveJobs {
  readonly #jobs = new Map<string, Active>();

  get size(): number {
    return this.#jobs.size;
  }

  /** Their ids and queues. */
  get all(): { jobId: string; queue: string }[] {
    return [...this.#jobs].map(([jobId, { queue }]) => ({ jobId, queue }));
  }

  /**
   * Runs a job. Where it runs already, given back by pg-boss because we seemed dead and fetched anew, the run before
   * is over first.
   */
  async start(
    jobId: string,
    queue: string,
    run: (run: { signal: AbortSignal; owned: Ownership }) => Promise<void>,
  ): Promise<void> {
    const before = this.#jobs.get(jobId);
    before?.control.abort(new FencedError());
    await before?.done;
    const control = new AbortController();
    const owned: Ownership = { attempt: null };
    const ended = Promise.withResolvers<void>();
    this.#jobs.set(jobId, { queue, control, owned, done: ended.promise });
    void run({ signal: control.signal, owned }).finally(ended.resolve);
  }

  /** It has ended. */
  delete(jobId: string): void {
    this.#jobs.delete(jobId);
  }

  /** The attempt that is ours; null while it is being claimed, or is no job of ours. */
  attemptOf(jobId: string): number | null {
    return this.#jobs.get(jobId)?.owned.attempt ?? null;
  }

  /** Stops a job because the user asked for it. */
  cancel(jobId: string): void {
    this.#jobs.get(jobId)?.control.abort(new CancelledError());
  }

  /** Drops a job that another owner has now. */
  fence(jobId: string): void {
    this.#jobs.get(jobId)?.control.abort(new FencedError());
  }

  /** Stops all of them for a reason, and resolves when they have ended. */
  async stop(reason: Error): Promise<void> {
    for (const { control } of this.#jobs.values()) control.abort(reason);
    await Promise.all([...this.#jobs.values()].map((one) => one.done));
  }
}
