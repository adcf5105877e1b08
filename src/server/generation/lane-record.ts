/** What a lane's server did with our jobs since the start: by it a job's own fault is told from the server's. */
export class LaneRecord {
  /** Jobs that ComfyUI may have died over. */
  readonly suspects = new Set<string>();
  /** How often ComfyUI died over a prompt of ours. */
  crashes = 0;
  /** Pictures made. */
  #made = 0;
  #outOfMemory = 0;
  /** For each job over which the GPU failed, how many pictures had been made by then. */
  readonly #blamed = new Map<string, number>();

  /** A picture was made: the server is well. */
  succeeded(): void {
    this.#outOfMemory = 0;
    this.#made += 1;
    this.suspects.clear();
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
