import { parseScript } from "./parse-script";
import { looksLikeSubtitles, parseSubtitles } from "./parse-subtitles";
import type { ScriptSection } from "./script";

export interface ReadScript {
  format: "markdown" | "srt";
  sections: ScriptSection[];
  /** What was left out or could not be read, as sentences. */
  problems: string[];
}

const NUL = "\u0000";

/** A script of any kind that is known: subtitles by their times, else text with Markdown's headings and lists. */
export function readScript(text: string): ReadScript {
  const clean = text.replaceAll(NUL, "").toWellFormed();
  const problems: string[] = [];
  const left = text.length - clean.length;
  if (left > 0)
    problems.push(`${left === 1 ? "A NUL character was" : `${left} NUL characters were`} left out.`);
  if (clean !== text.replaceAll(NUL, "")) problems.push("Halves of characters were replaced by “\uFFFD”.");
  if (!looksLikeSubtitles(clean))
    return { format: "markdown", sections: parseScript(clean, "markdown"), problems };
  const subtitles = parseSubtitles(clean);
  return { format: "srt", sections: subtitles.sections, problems: [...problems, ...subtitles.problems] };
}

/** A file's text: UTF-8, or UTF-16 as its mark says, or else what old Windows programs write. */
export function decodeScript(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
