import PQueue from "p-queue";
import { endsSoon } from "./ends-soon";

/** Why a lane waits whose server does not answer about the prompt that it has. */
export const SILENT =
  "It does not answer about the picture that it paints. Shotboard waits for it; see whether ComfyUI still runs.";

/** A lane's one place at ComfyUI: never more than one prompt of ours is there. */
export class LanePlace {
  readonly #line = new PQueue({ concurrency: 1 });
  #jobId: string | null = null;
  #postedAt = 0;
  #posts = 0;
  /** Whether the prompt that ComfyUI has is about to end, so that the next job may begin. */
  #endsSoon = false;
  #isSilent = false;
  /** Resolved with the next change of all this, and replaced: one promise for a night would collect its waiters. */
  #changed = Promise.withResolvers<void>();

  constructor() {
    this.#line.addEventListener("next", () => this.#change());
  }

  get isTaken(): boolean {
    return this.#line.pending > 0;
  }

  /** Whether the server does not answer about the prompt that it has, and is waited for. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** The job whose prompt is there. */
  get jobId(): string | null {
    return this.isTaken ? this.#jobId : null;
  }

  /**
   * Runs an attempt in the place, which is free again once the work has ended or has called `leave`. That answers
   * when the next in line has posted its prompt: until then ComfyUI waits, and all else can.
   * @throws the signal's reason, also while it stands in line
   */
  async occupy<T>(
    jobId: string,
    signal: AbortSignal,
    work: (leave: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const done = Promise.withResolvers<T>();
    const giveUp = () => done.reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    void this.#line.add(async () => {
      signal.removeEventListener("abort", giveUp);
      if (signal.aborted) return;
      this.#jobId = jobId;
      this.#isSilent = false;
      const left = Promise.withResolvers<void>();
      const leave = async () => {
        const posts = this.#posts;
        left.resolve();
        while (this.isTaken && this.#posts === posts) await this.#changed.promise;
      };
      work(leave).finally(left.resolve).then(done.resolve, done.reject);
      await left.promise;
    });
    return done.promise;
  }

  /** ComfyUI has the prompt of the job in the place. */
  posted(): void {
    this.#postedAt = performance.now();
    this.#posts += 1;
    this.#endsSoon = false;
    this.#change();
  }

  /**
   * How much of that prompt is done, in percent, or that the server does not answer about it.
   * @returns whether it fell silent or answers again
   */
  progressed(percent: number, isSilent = false): boolean {
    if (!this.#endsSoon && endsSoon(percent, performance.now() - this.#postedAt)) {
      this.#endsSoon = true;
      this.#change();
    }
    const isNew = isSilent !== this.#isSilent;
    this.#isSilent = isSilent;
    return isNew;
  }

  /** Resolves when the next job may begin: the place is free, or soon will be. */
  async whenNext(): Promise<void> {
    while (this.isTaken && !this.#endsSoon) await this.#changed.promise;
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
