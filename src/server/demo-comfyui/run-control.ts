import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";

/** Thrown inside a run: somebody interrupted it. */
export class InterruptedRun extends Error {}

/** Thrown inside a run: the server it belonged to is gone; nobody may be told anything any more. */
export class AbandonedRun extends Error {}

/** Holds running prompts at a step until it is opened again. */
export class StepGate {
  #heldFrom: number | null = null;
  #opened = Promise.withResolvers<void>();

  /** From now on no prompt goes further than `afterStep` steps. */
  close(afterStep = 0): void {
    this.#heldFrom ??= afterStep;
  }

  open(): void {
    this.#heldFrom = null;
    this.#opened.resolve();
    this.#opened = Promise.withResolvers<void>();
  }

  /** Done when the gate is opened the next time. */
  get opening(): Promise<void> {
    return this.#opened.promise;
  }

  /** What to wait for after that many steps, or null where the way is free. */
  barrier(stepsDone: number): Promise<void> | null {
    return this.#heldFrom !== null && stepsDone >= this.#heldFrom ? this.#opened.promise : null;
  }
}

/** One run's way of being stopped, and its waits, which end at once when it is. */
export class RunControl {
  /** A deaf run hears an interrupt only at the end of a node. */
  isDeaf = false;
  readonly #stop = new AbortController();
  #interrupted = false;
  #abandoned = false;

  interrupt(): void {
    this.#interrupted = true;
    if (!this.isDeaf) this.#stop.abort();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#stop.abort();
  }

  /** Throws if the run was stopped. */
  check({ atNodeEnd = false } = {}): void {
    if (this.#abandoned) throw new AbandonedRun();
    if (this.#interrupted && (!this.isDeaf || atNodeEnd)) throw new InterruptedRun();
  }

  /** Lets `ms` milliseconds pass, 0 being one turn of the event loop, then waits at the gate. */
  async pass(ms: number, gate: StepGate, stepsDone: number): Promise<void> {
    const { signal } = this.#stop;
    await (ms > 0 ? delay(ms, undefined, { signal }) : nextTurn(undefined, { signal })).catch(ignoreAbort);
    this.check();
    for (let barrier = gate.barrier(stepsDone); barrier; barrier = gate.barrier(stepsDone))
      await this.until(barrier);
  }

  /** Waits for it, or throws when the run is stopped. */
  async until(event: Promise<void>): Promise<void> {
    await Promise.race([event, aborted(this.#stop.signal)]);
    this.check();
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
