/** Numbers by chance, the same again for the same seed. */
export interface Random {
  /** From 0 up to, and without, 1. */
  (): number;
  seed: number;
}

/** The seed of CHAOS_SEED, or one by chance. Whoever takes it prints it, so that a run can be repeated. */
export function chooseSeed(): number {
  const given = process.env["CHAOS_SEED"];
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}

/** The generator known as mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, { seed });
}

/** A whole number from `least` to `most`, both included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));
