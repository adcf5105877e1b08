import { LIMITS } from "@/lib/limits";
import { splitSentences } from "./split-sentences";

export interface ScriptSentence {
  text: string;
  /** Milliseconds from the start of the video; only subtitles know them. */
  startMs: number | null;
  endMs: number | null;
}

export interface ScriptSection {
  title: string;
  sentences: ScriptSentence[];
}

/** Title of a section whose script gives none. */
const UNTITLED = "Script";
/** Characters of a heading that are read: marks included, more than a title may have. */
const TITLE_READ = 1_000;
const HEADING = /^ {0,3}#{1,6}\s+(.*)$/;

const untimed = (text: string): ScriptSentence => ({ text, startMs: null, endMs: null });

/**
 * A script as sections of sentences, in order; sections without a sentence are left out.
 * `text` and `markdown` know headings (`# Title`); `srt` keeps each cue's times, one sentence a cue.
 */
export function parseScript(script: string, format: "text" | "markdown" | "srt"): ScriptSection[] {
  const text = script.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (format === "srt") return parseSrt(text);
  const sections: { title: string; lines: string[] }[] = [{ title: UNTITLED, lines: [] }];
  for (const line of text.split("\n")) {
    const heading = HEADING.exec(line);
    if (heading) sections.push({ title: titleOf(heading[1]!), lines: [] });
    else sections.at(-1)!.lines.push(format === "markdown" ? plainLine(line) : line);
  }
  return sections
    .map(({ title, lines }) => ({ title, sentences: splitSentences(lines.join("\n")).map(untimed) }))
    .filter((section) => section.sentences.length > 0);
}

/** A heading's text, without the marks that may close it. */
function titleOf(heading: string): string {
  let end = heading.trimEnd().length;
  while (heading[end - 1] === "#") end -= 1;
  return plain(heading.slice(0, end).slice(0, TITLE_READ)).slice(0, LIMITS.name).trim() || UNTITLED;
}

/** A Markdown line without the marks of lists, quotes and emphasis; a list item is a paragraph of its own. */
function plainLine(line: string): string {
  const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
  if (item) return `\n${plain(item[1]!)}\n`;
  if (/^\s*(?:-{3,}|\*{3,}|_{3,}|```.*)\s*$/.test(line)) return "";
  return plain(line.replace(/^\s*>+\s?/, ""));
}

/** Every mark is looked for within a bounded stretch: a script full of stray marks takes no longer than another. */
function plain(text: string): string {
  return text
    .replace(/!\[[^[\]]{0,500}\]\([^()\s]{0,2000}\)/g, "")
    .replace(/\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_]{1,1000}?)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_]{1,1000}?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
    .replace(/`([^`]{1,1000})`/g, "$1")
    .trim();
}

const CUE_TIMES = /(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3}) *--> *(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})/;

function parseSrt(text: string): ScriptSection[] {
  const sentences: ScriptSentence[] = [];
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split("\n").map((line) => line.trim());
    const at = lines.findIndex((line) => CUE_TIMES.test(line));
    if (at < 0) continue;
    const times = CUE_TIMES.exec(lines[at]!)!.slice(1);
    const spoken = lines
      .slice(at + 1)
      .join(" ")
      .replace(/<[^<>]*>/g, "")
      .trim();
    if (spoken === "") continue;
    sentences.push({
      text: spoken,
      startMs: milliseconds(times.slice(0, 4)),
      endMs: milliseconds(times.slice(4)),
    });
  }
  return sentences.length > 0 ? [{ title: UNTITLED, sentences }] : [];
}

/** From hours, minutes, seconds and a decimal fraction of a second. */
const milliseconds = ([h, m, s, fraction = ""]: string[]) =>
  ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(fraction.padEnd(3, "0"));
