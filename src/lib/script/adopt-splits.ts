import type { ScriptSection, ScriptSentence } from "./script";

/** Letters by which a sentence of the board is found. */
const START = 2;

/**
 * A newly read script, split where the board splits it: what was joined or divided there by hand stays so wherever its
 * words are still the same. Within a section, and not where times stand for whole sentences.
 */
export function adoptSplits(board: readonly string[], script: readonly ScriptSection[]): ScriptSection[] {
  const texts = board.map((text) => text.replace(/\s+/g, " ").trim());
  const byStart = Map.groupBy(texts.keys(), (index) => texts[index]!.slice(0, START));
  let next = 0;
  return script.map((section) => {
    if (section.sentences.some((one) => one.startMs !== null)) return section;
    const run = new Run(section.sentences.map((one) => one.text));
    const sentences: ScriptSentence[] = [];
    for (let at = 0; at < run.text.length;) {
      const found = findAt(run, at, texts, byStart, next);
      const end = found?.end ?? run.breakAfter(at);
      const text = found ? texts[found.index]! : run.text.slice(at, end);
      sentences.push({ text, startMs: null, endMs: null });
      if (found) next = found.index + 1;
      at = run.skipBlank(end);
    }
    return { ...section, sentences };
  });
}

/** The sentences of a section as one text, with the places where they end. */
class Run {
  readonly text: string;
  readonly #ends = new Set<number>();
  readonly #order: number[] = [];

  constructor(sentences: readonly string[]) {
    this.text = sentences.join(" ");
    let at = -1;
    for (const sentence of sentences) {
      at += sentence.length + 1;
      this.#ends.add(at);
      this.#order.push(at);
    }
  }

  isEnd(at: number): boolean {
    return this.#ends.has(at);
  }

  breakAfter(at: number): number {
    let [low, high] = [0, this.#order.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return this.#order[low]!;
  }

  skipBlank(at: number): number {
    return this.text[at] === " " ? at + 1 : at;
  }

  /** Where `words` end that begin at `at`, or -1. Between two sentences a blank may be missing in them. */
  match(words: string, at: number): number {
    let here = at;
    for (const letter of words) {
      if (!this.text.startsWith(letter, here) && this.text[here] === " " && this.isEnd(here)) here += 1;
      if (!this.text.startsWith(letter, here)) return -1;
      here += letter.length;
    }
    return here;
  }
}

/** The sentence of the board that stands at a place: the expected one, else the longest. */
function findAt(
  run: Run,
  at: number,
  texts: readonly string[],
  byStart: ReadonlyMap<string, number[]>,
  expected: number,
): { index: number; end: number } | null {
  const tryOne = (index: number) => {
    const end = run.match(texts[index]!, at);
    if (end < 0) return null;
    const follower = texts[index + 1];
    const isWhole =
      run.isEnd(end) || (follower !== undefined && run.match(follower, run.skipBlank(end)) >= 0);
    return isWhole ? { index, end } : null;
  };
  const likely = expected < texts.length ? tryOne(expected) : null;
  if (likely) return likely;
  let best: { index: number; end: number } | null = null;
  for (const index of byStart.get(run.text.slice(at, at + START)) ?? []) {
    const found = tryOne(index);
    if (found && found.end > (best?.end ?? 0)) best = found;
  }
  return best;
}
