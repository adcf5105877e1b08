import { fileName } from "./find-file";

/** Below this two names have nothing to do with each other. */
const ALIKE = 0.3;

/**
 * The names most like the wanted one, best first: folder, ending, case and separators do not count; what they have
 * in common is measured by pairs of letters (Sørensen–Dice).
 * @param most how many
 */
export function nearestNames(wanted: string, names: readonly string[], most = 5): string[] {
  const target = pairsOf(wanted);
  return names
    .map((name) => ({ name, likeness: likeness(target, pairsOf(name)) }))
    .filter((one) => one.likeness >= ALIKE)
    .toSorted(
      (a, b) => b.likeness - a.likeness || a.name.length - b.name.length || (a.name < b.name ? -1 : 1),
    )
    .slice(0, most)
    .map(({ name }) => name);
}

/** Pairs of neighbouring letters with how often each occurs. */
function pairsOf(name: string): Map<string, number> {
  const bare = fileName(name)
    .toLowerCase()
    .replace(/\.[a-z0-9]{2,11}$/, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
  const pairs = new Map<string, number>();
  for (let at = 0; at < Math.max(1, bare.length - 1); at++) {
    const pair = bare.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const size = (pairs: ReadonlyMap<string, number>) => [...pairs.values()].reduce((sum, n) => sum + n, 0);
  let common = 0;
  for (const [pair, count] of a) common += Math.min(count, b.get(pair) ?? 0);
  return (2 * common) / (size(a) + size(b));
}
