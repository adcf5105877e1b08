import { fileName } from "./find-file";

/** Below this two names have nothing to do with each other. */
const ALIKE = 0.3;

/** How alike two names are at least where one holds the other: `ae` and `ae_flux1`. */
const HELD = 0.5;

/**
 * The names most like the wanted one, best first: folder, ending, case and separators do not count; what they have
 * in common is measured by pairs of letters (Sørensen–Dice).
 * @param most how many
 */
export function nearestNames(wanted: string, names: readonly string[], most = 5): string[] {
  const target = bare(wanted);
  return names
    .map((name) => ({ name, likeness: likeness(target, bare(name)) }))
    .filter((one) => one.likeness >= ALIKE)
    .toSorted(
      (a, b) => b.likeness - a.likeness || a.name.length - b.name.length || (a.name < b.name ? -1 : 1),
    )
    .slice(0, most)
    .map(({ name }) => name);
}

const bare = (name: string): string =>
  fileName(name)
    .toLowerCase()
    .replace(/\.[a-z0-9]{2,11}$/, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");

function likeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  let common = 0;
  for (const [pair, count] of left) common += Math.min(count, right.get(pair) ?? 0);
  const dice = (2 * common) / (countOf(a) + countOf(b));
  return a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a)) ? Math.max(dice, HELD) : dice;
}

/** How many pairs a text has; a single letter is one. */
const countOf = (text: string): number => Math.max(1, text.length - 1);

/** Pairs of neighbouring letters with how often each occurs. */
function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at < countOf(text); at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
