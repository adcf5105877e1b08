/** What a lane's server did with our jobs since the start: by it a job's own fault is told from the server's. */
export class LaneRecord {
  /** Jobs that ComfyUI may have died over. */
  readonly suspects = new Set<string>();
  /** Jobs that stood in line already when ComfyUI died over another one. */
  readonly #bystanders = new Set<string>();
  /** Pictures made. */
  #made = 0;
  #outOfMemory = 0;
  /** For each job over which the GPU failed, how many pictures had been made by then. */
  readonly #blamed = new Map<string, number>();

  /**
   * A picture was made: the server is well. Answers whether that clears what ComfyUI died over before: one that stood
   * in line then only happened to go before that job's next try, however often it was given back meanwhile.
   */
  succeeded(jobId: string): boolean {
    this.#outOfMemory = 0;
    this.#made += 1;
    if (this.#bystanders.delete(jobId)) return false;
    this.suspects.clear();
    return true;
  }

  /** These stood in line when ComfyUI died, or seems to have, over another job. */
  stoodBy(jobIds: readonly string[]): void {
    for (const id of jobIds) this.#bystanders.add(id);
  }

  /** It ran out of memory; answers how often in a row. */
  ranOutOfMemory(): number {
    this.#outOfMemory += 1;
    return this.#outOfMemory;
  }

  /** Notes that the GPU failed over a job; true where it did before, and made other pictures since: then it is the job. */
  blame(jobId: string): boolean {
    const before = this.#blamed.get(jobId);
    this.#blamed.set(jobId, this.#made);
    return before !== undefined && before < this.#made;
  }

  /** What was is forgotten: it is tried anew. */
  forgive(): void {
    this.#outOfMemory = 0;
  }
}
