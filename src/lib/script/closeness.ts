const WORD = /[\p{L}\p{N}]+/gu;
/** Scripts that write without blanks between words are compared by their letters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** The words of a sentence in lower case, counted. */
export interface Words {
  total: number;
  counts: ReadonlyMap<string, number>;
}

/** The words of a text; the order in which they stand is not kept. */
export function wordsOf(text: string): Words {
  const found = text.toLowerCase().match(WORD) ?? [];
  const words = found.flatMap((word) => (UNSPACED.test(word) ? [...word] : [word]));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { total: words.length, counts };
}

/** How much two sentences have in common, 0…1: Dice's coefficient of their words. */
export function closeness(a: Words, b: Words): number {
  if (a.total + b.total === 0) return 0;
  let common = 0;
  const [few, many] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
  for (const [word, count] of few.counts) common += Math.min(count, many.counts.get(word) ?? 0);
  return (2 * common) / (a.total + b.total);
}

/** A text as it is compared: blanks of any kind and number are one, quotation marks and dashes are of one kind. */
export const sameWords = (text: string): string =>
  text
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/[–—]/g, "-")
    .replace(/…/g, "...")
    .replace(/\s+/g, " ")
    .trim();
