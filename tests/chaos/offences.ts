/** What must not happen, each kind once with an example. */
export class Offences {
  readonly #all = new Map<string, { times: number; example: string }>();

  add(kind: string, example: unknown): void {
    const known = this.#all.get(kind);
    if (known) known.times += 1;
    else
      this.#all.set(kind, { times: 1, example: JSON.stringify(example)?.slice(0, 600) ?? String(example) });
  }

  get count(): number {
    return this.#all.size;
  }

  toList(): string[] {
    return [...this.#all].map(([kind, { times, example }]) => `${kind} (${times} times), as for ${example}`);
  }
}
