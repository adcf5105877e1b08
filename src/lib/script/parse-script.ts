import { LIMITS } from "@/lib/limits";
import { parseSubtitles } from "./parse-subtitles";
import { plainLines, UNTITLED, type ScriptSection, type ScriptSentence } from "./script";
import { splitSentences } from "./split-sentences";

/** Characters of a heading that are read: marks included, more than a title may have. */
const TITLE_READ = 1_000;
const HEADING = /^ {0,3}#{1,6}\s+(.*)$/;

const untimed = (text: string): ScriptSentence => ({ text, startMs: null, endMs: null });

/**
 * A script as sections of sentences, in order; sections without a sentence are left out.
 * `text` and `markdown` know headings (`# Title`); `srt` keeps each cue's times, one sentence a cue.
 */
export function parseScript(script: string, format: "text" | "markdown" | "srt"): ScriptSection[] {
  const text = plainLines(script);
  if (format === "srt") return parseSubtitles(text).sections;
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
  const item = /^\s*(?:[-*+•‣▪–]|\d{1,3}[.)])\s+(.*)$/.exec(line);
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
