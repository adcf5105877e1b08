/** A change of the board that can be taken back. */
export interface UndoStep {
  /** What was done, as half a sentence: `3 shots moved`. */
  label: string;
  /** Takes it back; throws where that is not possible any more. */
  undo: () => Promise<void>;
  /** Does it again. */
  redo: () => Promise<void>;
}

/** Steps that are remembered. */
const DEEP = 100;

/** What was done on this board in this tab, the last on top. One step is taken back at a time. */
export class UndoStack {
  readonly #done: UndoStep[] = [];
  readonly #undone: UndoStep[] = [];
  #last: Promise<void> = Promise.resolve();

  /**
   * Remembers a step that was done, behind those that were begun before; what was taken back cannot be done again then.
   */
  push(step: UndoStep): void {
    void this.#inTurn(async () => this.#remember(step));
  }

  #remember(step: UndoStep): void {
    this.#done.push(step);
    if (this.#done.length > DEEP) this.#done.shift();
    this.#undone.length = 0;
  }

  /** Does a step and remembers it; what is asked to be undone meanwhile waits until it is done. */
  run(step: UndoStep): Promise<void> {
    return this.#inTurn(async () => {
      await step.redo();
      this.#remember(step);
    });
  }

  /** Takes the last step back, or the given one where it is the last; answers it, or null where there is none. */
  undo(only?: UndoStep): Promise<UndoStep | null> {
    return this.#turn(this.#done, this.#undone, (step) => step.undo(), only);
  }

  redo(): Promise<UndoStep | null> {
    return this.#turn(this.#undone, this.#done, (step) => step.redo());
  }

  #turn(
    from: UndoStep[],
    to: UndoStep[],
    work: (step: UndoStep) => Promise<void>,
    only?: UndoStep,
  ): Promise<UndoStep | null> {
    return this.#inTurn(async () => {
      if (only && from.at(-1) !== only) return null;
      // A step that fails would stand in the way of all before it, so it goes.
      const step = from.pop();
      if (!step) return null;
      await work(step);
      to.push(step);
      return step;
    });
  }

  /** One thing after the other. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await before;
    try {
      return await work();
    } finally {
      turn.resolve();
    }
  }
}
