/** A script as the board holds it. */
export interface ScriptSection {
  title: string;
  sentences: ScriptSentence[];
}

export interface ScriptSentence {
  text: string;
  /** Milliseconds from the start of the video; only subtitles know them. */
  startMs: number | null;
  endMs: number | null;
}

/** Title of a section whose script gives none. */
export const UNTITLED = "Script";

/** A text without a byte order mark, its lines ended by `\n`. */
export const plainLines = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
