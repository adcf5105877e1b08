/** Places between words where a sentence can be divided, as offsets; letters where no blank stands between words. */
export function gapsOf(text: string): number[] {
  const gaps = [...text.matchAll(/\s+(?=\S)/g)].map((match) => match.index + match[0].length);
  if (gaps.length > 0) return gaps;
  return [...text].length > 1
    ? [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)]
        .map((one) => one.index)
        .slice(1)
    : [];
}

/** The gap that is nearest to an offset, or null where there is none. */
export function nearestGap(gaps: readonly number[], offset: number): number | null {
  let best: number | null = null;
  for (const gap of gaps) if (best === null || Math.abs(gap - offset) < Math.abs(best - offset)) best = gap;
  return best;
}
