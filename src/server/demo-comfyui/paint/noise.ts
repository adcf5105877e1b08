import { Dice } from "./dice";

const size = 512;
const octaves = 6;
let tile: Float32Array | null = null;

/**
 * Soft cloudy noise, 0–1, that repeats every 1 in both directions. One table serves all pictures: each looks at
 * another part of it.
 */
export function cloudNoise(x: number, y: number): number {
  const table = (tile ??= makeTile());
  const px = (x - Math.floor(x)) * size;
  const py = (y - Math.floor(y)) * size;
  const x0 = px | 0;
  const y0 = py | 0;
  const fx = px - x0;
  const fy = py - y0;
  // The size is a power of two: the last column's neighbour is the first.
  const x1 = (x0 + 1) & (size - 1);
  const top = (y0 & (size - 1)) * size;
  const low = ((y0 + 1) & (size - 1)) * size;
  const a = table[top + (x0 & (size - 1))] as number;
  const b = table[top + x1] as number;
  const c = table[low + (x0 & (size - 1))] as number;
  const d = table[low + x1] as number;
  const upper = a + (b - a) * fx;
  return upper + (c + (d - c) * fx - upper) * fy;
}

/** A line of noise along x, −1 to 1, with that many octaves: ridges, shores, edges. */
export function lineNoise(dice: Dice, octaveCount: number): (x: number) => number {
  const rows = Array.from({ length: octaveCount }, () => Array.from({ length: 64 }, () => dice.range(-1, 1)));
  return (x) => {
    let sum = 0;
    let weight = 0;
    rows.forEach((row, octave) => {
      const at = x * 2 ** octave;
      const cell = Math.floor(at);
      const f = smooth(at - cell);
      const a = row[((cell % 64) + 64) % 64] ?? 0;
      const b = row[(((cell + 1) % 64) + 64) % 64] ?? 0;
      const strength = 0.5 ** octave;
      sum += (a + (b - a) * f) * strength;
      weight += strength;
    });
    return sum / weight;
  };
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function makeTile(): Float32Array {
  const out = new Float32Array(size * size);
  const dice = new Dice("clouds");
  for (let octave = 0; octave < octaves; octave += 1) {
    const cells = 4 * 2 ** octave;
    const grid = Float32Array.from({ length: cells * cells }, () => dice.next());
    const strength = 0.52 ** octave;
    for (let y = 0; y < size; y += 1) {
      const gy = (y * cells) / size;
      const y0 = Math.floor(gy);
      const fy = smooth(gy - y0);
      const row0 = y0 * cells;
      const row1 = ((y0 + 1) % cells) * cells;
      for (let x = 0; x < size; x += 1) {
        const gx = (x * cells) / size;
        const x0 = Math.floor(gx);
        const x1 = (x0 + 1) % cells;
        const fx = smooth(gx - x0);
        const top = (grid[row0 + x0] ?? 0) + ((grid[row0 + x1] ?? 0) - (grid[row0 + x0] ?? 0)) * fx;
        const low = (grid[row1 + x0] ?? 0) + ((grid[row1 + x1] ?? 0) - (grid[row1 + x0] ?? 0)) * fx;
        out[y * size + x] = (out[y * size + x] ?? 0) + (top + (low - top) * fy) * strength;
      }
    }
  }
  // Stretched to the whole range, with a gentle curve towards the ends.
  let min = Infinity;
  let max = -Infinity;
  for (const value of out) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return out.map((value) => (value - min) / (max - min));
}
