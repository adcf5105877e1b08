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
const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$/;

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
    if (heading) sections.push({ title: plain(heading[2]!).slice(0, 200) || UNTITLED, lines: [] });
    else sections.at(-1)!.lines.push(format === "markdown" ? plainLine(line) : line);
  }
  return sections
    .map(({ title, lines }) => ({ title, sentences: splitSentences(lines.join("\n")).map(untimed) }))
    .filter((section) => section.sentences.length > 0);
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

const CUE_TIMES = /(\d+):(\d{2}):(\d{2})[,.](\d{1,3})\s*-->\s*(\d+):(\d{2}):(\d{2})[,.](\d{1,3})/;

function parseSrt(text: string): ScriptSection[] {
  const sentences: ScriptSentence[] = [];
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split("\n").map((line) => line.trim());
    const at = lines.findIndex((line) => CUE_TIMES.test(line));
    if (at < 0) continue;
    const times = CUE_TIMES.exec(lines[at]!)!.slice(1).map(Number);
    const spoken = lines
      .slice(at + 1)
      .join(" ")
      .replace(/<[^>]*>/g, "")
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

const milliseconds = ([h = 0, m = 0, s = 0, ms = 0]: number[]) => ((h * 60 + m) * 60 + s) * 1000 + ms;
