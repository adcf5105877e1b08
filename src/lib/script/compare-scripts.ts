import { closeness, sameWords, wordsOf } from "./closeness";

/** A sentence of the board, in board order. */
export interface OldSentence {
  id: string;
  text: string;
}

/** What becomes of a sentence of the new script. */
export interface ScriptMatch {
  /** The sentence of the board that goes on in it; null = a new one. */
  id: string | null;
  /** Whether its words are other ones. */
  isEdited: boolean;
  /** Whether it stands elsewhere among the sentences that stay. */
  isMoved: boolean;
}

export interface ScriptComparison {
  /** One for each sentence of the new script. */
  matches: ScriptMatch[];
  /** Ids of the board's sentences that the new script lacks, in board order. */
  removed: string[];
}

/** How close two sentences are to be one that was edited, 0…1. */
const EDITED = 0.45;
/** And where it stands elsewhere too: chance likenesses are more there. */
const MOVED_AND_EDITED = 0.7;
/** Pairs of a gap that are compared word by word; larger gaps are compared along their diagonal. */
const PAIRS = 200_000;

/**
 * Which sentences of a board go on in a new script. The same words are the same sentence, the k-th to the k-th where
 * they stand several times; between those that keep their order, the closest ones are edits of each other.
 */
export function compareScripts(before: readonly OldSentence[], after: readonly string[]): ScriptComparison {
  const partner = matchSame(before, after);
  const kept = longestRising(partner);
  matchEdited(before, after, partner, kept);
  matchBeside(before, after, partner);
  matchStrays(before, after, partner);
  const inOrder = longestRising(partner);
  const used = new Set(partner);
  return {
    matches: partner.map((old, at) => ({
      id: old === null ? null : before[old]!.id,
      isEdited: old !== null && before[old]!.text !== after[at],
      isMoved: old !== null && !inOrder.has(at),
    })),
    removed: before.filter((_, old) => !used.has(old)).map((one) => one.id),
  };
}

/** For each new sentence the index of the old one with the same words. */
function matchSame(before: readonly OldSentence[], after: readonly string[]): (number | null)[] {
  const partner = after.map((): number | null => null);
  const olds = before.map((one) => sameWords(one.text));
  const news = after.map(sameWords);
  // What begins and ends alike is settled first, so that of equal sentences the right one is taken.
  let start = 0;
  while (start < olds.length && start < news.length && olds[start] === news[start]) partner[start] = start++;
  let [oldEnd, newEnd] = [olds.length, news.length];
  while (oldEnd > start && newEnd > start && olds[oldEnd - 1] === news[newEnd - 1])
    partner[(newEnd -= 1)] = oldEnd -= 1;
  const places = Map.groupBy(range(start, oldEnd), (old) => olds[old]!);
  const taken = new Map<string, number>();
  for (let at = start; at < newEnd; at += 1) {
    const words = news[at]!;
    const turn = taken.get(words) ?? 0;
    partner[at] = places.get(words)?.[turn] ?? null;
    taken.set(words, turn + 1);
  }
  return partner;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

/** Places whose partners rise, as many as possible: those that did not move. */
function longestRising(partner: readonly (number | null)[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const [at, old] of partner.entries()) {
    if (old === null) continue;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (partner[tails[middle]!]! < old) low = middle + 1;
      else high = middle;
    }
    previous.set(at, tails[low - 1]);
    tails[low] = at;
  }
  const rising = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) rising.add(at);
  return rising;
}

/** Matches what is left in the gaps between sentences that kept their order. */
function matchEdited(
  before: readonly OldSentence[],
  after: readonly string[],
  partner: (number | null)[],
  kept: ReadonlySet<number>,
): void {
  const used = new Set(partner);
  let [oldFrom, newFrom] = [0, 0];
  for (const at of [...kept].toSorted((a, b) => a - b).concat(after.length)) {
    const oldTo = at === after.length ? before.length : partner[at]!;
    const olds = range(oldFrom, oldTo).filter((old) => !used.has(old));
    const news = range(newFrom, at).filter((one) => partner[one] === null);
    for (const [old, one] of alignGap(
      olds.map((old) => wordsOf(before[old]!.text)),
      news.map((one) => wordsOf(after[one]!)),
    ))
      partner[news[one]!] = olds[old]!;
    oldFrom = oldTo + 1;
    newFrom = at + 1;
  }
}

type Words = ReturnType<typeof wordsOf>;

/** The pairs of indices, both rising, whose closeness adds up to most. */
function alignGap(olds: readonly Words[], news: readonly Words[]): [number, number][] {
  if (olds.length === 0 || news.length === 0) return [];
  if (olds.length * news.length > PAIRS) return alignAlong(olds, news);
  const width = news.length + 1;
  const best = new Float64Array((olds.length + 1) * width);
  const close = new Float64Array(olds.length * news.length);
  for (let i = olds.length - 1; i >= 0; i -= 1)
    for (let j = news.length - 1; j >= 0; j -= 1) {
      const score = closeness(olds[i]!, news[j]!);
      close[i * news.length + j] = score;
      const pair = score >= EDITED ? score + best[(i + 1) * width + j + 1]! : 0;
      best[i * width + j] = Math.max(pair, best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < olds.length && j < news.length) {
    const here = best[i * width + j]!;
    const score = close[i * news.length + j]!;
    if (score >= EDITED && here === score + best[(i + 1) * width + j + 1]!) pairs.push([i++, j++]);
    else if (here === best[(i + 1) * width + j]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Sentences that are looked at around the place where one is expected, in a large gap. */
const REACH = 8;

function alignAlong(olds: readonly Words[], news: readonly Words[]): [number, number][] {
  const pairs: [number, number][] = [];
  let from = 0;
  for (const [j, words] of news.entries()) {
    const middle = Math.round((j * olds.length) / news.length);
    let found = -1;
    let most = EDITED;
    for (let i = Math.max(from, middle - REACH); i < Math.min(olds.length, middle + REACH); i += 1) {
      const score = closeness(olds[i]!, words);
      if (score > most) [found, most] = [i, score];
    }
    if (found < 0) continue;
    pairs.push([found, j]);
    from = found + 1;
  }
  return pairs;
}

/** Matches what was edited within a part that moved: beside a sentence that goes on there stands the next one. */
function matchBeside(
  before: readonly OldSentence[],
  after: readonly string[],
  partner: (number | null)[],
): void {
  const used = new Set(partner);
  const tryOne = (at: number, old: number | undefined) => {
    if (partner[at] !== null || old === undefined || used.has(old) || !before[old]) return;
    if (closeness(wordsOf(before[old].text), wordsOf(after[at]!)) < EDITED) return;
    partner[at] = old;
    used.add(old);
  };
  for (const at of after.keys()) tryOne(at, plus(partner[at - 1], 1));
  for (const at of [...after.keys()].toReversed()) tryOne(at, plus(partner[at + 1], -1));
}

const plus = (old: number | null | undefined, by: number): number | undefined =>
  old == null ? undefined : old + by;

/** Matches what was edited and stands elsewhere too, the closest first. */
function matchStrays(
  before: readonly OldSentence[],
  after: readonly string[],
  partner: (number | null)[],
): void {
  const used = new Set(partner);
  const olds = range(0, before.length).filter((old) => !used.has(old));
  const news = range(0, after.length).filter((at) => partner[at] === null);
  if (olds.length * news.length > PAIRS) return;
  const oldWords = olds.map((old) => wordsOf(before[old]!.text));
  const newWords = news.map((at) => wordsOf(after[at]!));
  const pairs = olds.flatMap((old, i) =>
    news.map((at, j) => ({ old, at, score: closeness(oldWords[i]!, newWords[j]!) })),
  );
  for (const { old, at, score } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (score < MOVED_AND_EDITED) break;
    if (partner[at] !== null || used.has(old)) continue;
    partner[at] = old;
    used.add(old);
  }
}
