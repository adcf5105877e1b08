import { plainLines, UNTITLED, type ScriptSection, type ScriptSentence } from "./script";

const ARROW = /--+>/;
/** `1:02:03,004` of SubRip, `02:03.004` of WebVTT. */
const TIME = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?$/;
/** What is told of one file at most: the rest is most often the same. */
const TOLD = 5;

export interface Subtitles {
  sections: ScriptSection[];
  /** What could not be read, as sentences; the words are kept all the same. */
  problems: string[];
}

interface Cue {
  number: number;
  startMs: number | null;
  endMs: number | null;
  words: string[];
}

/**
 * Subtitles (SubRip, WebVTT) as one section, one sentence a cue, with its times. A cue whose times cannot be read keeps
 * its words without them; missing numbers and blank lines do no harm.
 */
export function parseSubtitles(text: string): Subtitles {
  const problems: string[] = [];
  const sentences: ScriptSentence[] = [];
  let cue: Cue | null = null;
  let isNote = false;
  let isAfterBlank = true;
  let count = 0;
  const close = () => {
    const words = cue?.words
      .join(" ")
      .replace(/<[^<>]*>/g, "")
      .replace(/\s+/g, " ")
      .trim();
    if (cue && words) sentences.push({ text: words, startMs: cue.startMs, endMs: cue.endMs });
    cue = null;
  };
  for (const raw of plainLines(text).split("\n")) {
    const line = raw.trim();
    if (ARROW.test(line)) {
      // The number above belongs to this cue, where no blank line keeps it from the one before.
      if (cue && /^\d+$/.test((cue as Cue).words.at(-1) ?? "")) (cue as Cue).words.pop();
      close();
      count += 1;
      const times = readTimes(line);
      if (times === null && problems.length <= TOLD) problems.push(broken(count, line));
      cue = { number: count, startMs: times?.[0] ?? null, endMs: times?.[1] ?? null, words: [] };
      isNote = false;
    } else if (line === "") isNote = false;
    else if (isAfterBlank && /^(?:NOTE|STYLE|REGION)\b/.test(line)) isNote = true;
    else if (!isNote) cue?.words.push(line);
    isAfterBlank = line === "";
  }
  close();
  const told = problems.slice(0, TOLD);
  if (problems.length > TOLD) told.push("More cues have such times.");
  return { sections: sentences.length > 0 ? [{ title: UNTITLED, sentences }] : [], problems: told };
}

const broken = (number: number, line: string) =>
  `The times of cue ${number} could not be read: “${line.slice(0, 60)}”. Expected is “00:00:01,000 --> 00:00:03,500”, the end behind the start. Its words are kept without times.`;

function readTimes(line: string): [number, number] | null {
  const [from = "", rest = ""] = line.split(ARROW);
  const start = milliseconds(from.trim());
  // WebVTT has settings behind the times.
  const end = milliseconds(rest.trim().split(/\s+/)[0] ?? "");
  return start === null || end === null || end < start ? null : [start, end];
}

function milliseconds(time: string): number | null {
  const match = TIME.exec(time);
  if (!match) return null;
  const [, hours = "0", minutes, seconds, fraction = ""] = match;
  if (Number(minutes) > 59 || Number(seconds) > 59) return null;
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, "0"))
  );
}

/** Whether a text is subtitles: a line of times stands near its beginning. */
export const looksLikeSubtitles = (text: string): boolean =>
  plainLines(text.slice(0, 4_000))
    .split("\n")
    .slice(0, 30)
    .some((line) => ARROW.test(line) && /\d:\d/.test(line));
