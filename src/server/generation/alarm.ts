/** Sleep that can be cut short, also by what happened just before it. */
export class Alarm {
  #ring = () => {};
  #hasRung = false;

  ring(): void {
    this.#hasRung = true;
    this.#ring();
  }

  /** Waits for the next ring, or `ms`; not at all where it has rung since the last sleep. */
  async sleep(ms: number): Promise<void> {
    if (!this.#hasRung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#hasRung = false;
  }
}
