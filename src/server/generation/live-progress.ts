/** What a running job shows between two writes to the database. */
export interface LiveJob {
  progress: number;
  step: string | null;
  preview: { number: number; bytes: Uint8Array; mime: string } | null;
}

/** Last previews that outlive their jobs: a board that just asked for one still gets it. */
const KEPT = 16;

/** Progress and previews of the jobs that run in this process: in memory, since they are worthless after it. */
export class LiveProgress {
  readonly #jobs = new Map<string, LiveJob>();
  readonly #ended = new Map<string, NonNullable<LiveJob["preview"]>>();

  of(jobId: string): LiveJob | undefined {
    return this.#jobs.get(jobId);
  }

  report(jobId: string, progress: number, step: string | null): void {
    const preview = this.#jobs.get(jobId)?.preview ?? null;
    this.#jobs.set(jobId, { progress, step, preview });
  }

  show(jobId: string, bytes: Uint8Array, mime: string): void {
    const job = this.#jobs.get(jobId) ?? { progress: 0, step: null, preview: null };
    this.#jobs.set(jobId, { ...job, preview: { number: (job.preview?.number ?? 0) + 1, bytes, mime } });
  }

  /** The newest preview of a job that runs or has just ended. */
  previewOf(jobId: string): LiveJob["preview"] {
    return this.#jobs.get(jobId)?.preview ?? this.#ended.get(jobId) ?? null;
  }

  forget(jobId: string): void {
    const preview = this.#jobs.get(jobId)?.preview;
    this.#jobs.delete(jobId);
    if (!preview) return;
    this.#ended.set(jobId, preview);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > KEPT && oldest !== undefined) this.#ended.delete(oldest);
  }
}
