import type { ScriptSection, ScriptSentence } from "./script";

/** Where a sentence stands in a script, from 0. */
export interface ScriptPlace {
  section: number;
  sentence: number;
}

/** Divides a sentence before the letter at `offset`; the same script where one side would be empty. */
export function splitAt(
  script: readonly ScriptSection[],
  { section, sentence }: ScriptPlace,
  offset: number,
): readonly ScriptSection[] {
  const one = script[section]?.sentences[sentence];
  if (!one) return script;
  const [before, after] = [one.text.slice(0, offset).trim(), one.text.slice(offset).trim()];
  if (before === "" || after === "") return script;
  const middle = middleOf(one);
  return replace(script, section, sentence, 1, [
    { text: before, startMs: one.startMs, endMs: middle },
    { text: after, startMs: middle, endMs: one.endMs },
  ]);
}

/** Where its words are divided is not known of a cue's time: half is as good a guess as any. */
const middleOf = ({ startMs, endMs }: ScriptSentence): number | null =>
  startMs === null || endMs === null ? null : Math.round((startMs + endMs) / 2);

/** Joins a sentence to the one before it in its section; the same script where there is none. */
export function joinToPrevious(
  script: readonly ScriptSection[],
  { section, sentence }: ScriptPlace,
): readonly ScriptSection[] {
  const first = script[section]?.sentences[sentence - 1];
  const second = script[section]?.sentences[sentence];
  if (!first || !second) return script;
  return replace(script, section, sentence - 1, 2, [
    { text: `${first.text} ${second.text}`, startMs: first.startMs, endMs: second.endMs },
  ]);
}

function replace(
  script: readonly ScriptSection[],
  section: number,
  from: number,
  count: number,
  by: ScriptSentence[],
): readonly ScriptSection[] {
  return script.map((one, index) =>
    index === section ? { ...one, sentences: one.sentences.toSpliced(from, count, ...by) } : one,
  );
}
