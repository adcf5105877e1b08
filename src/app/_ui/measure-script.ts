import { LIMITS } from "@/lib/limits";
import { counted } from "./wording";

export interface ScriptMeasure {
  sentences: number;
  /** `4 sections · 24 sentences`; empty for an empty script. */
  words: string;
  /** Which limit it breaks, as a sentence. */
  problem: string | null;
}

/** Whether a script is longer than one may be, as a sentence; null where it is not. */
export function tooLarge(script: string): string | null {
  const isLarge =
    script.length > LIMITS.scriptBytes || new TextEncoder().encode(script).length > LIMITS.scriptBytes;
  return isLarge ? "A script has at most 2 MB. Split it into several projects." : null;
}

/** What a script became, and whether it may. */
export function measureScript(
  script: string,
  sections: readonly { sentences: readonly { text: string }[] }[],
): ScriptMeasure {
  if (script.trim() === "") return { sentences: 0, words: "", problem: null };
  const large = tooLarge(script);
  if (large !== null) return { sentences: 0, words: "", problem: large };
  const all = sections.flatMap((section) => section.sentences);
  const words = `${counted(sections.length, "section")} · ${counted(all.length, "sentence")}`;
  return { sentences: all.length, words, problem: problemOf(sections.length, all) };
}

function problemOf(sections: number, sentences: readonly { text: string }[]): string | null {
  if (sentences.length === 0) return "This holds no sentence yet.";
  if (sentences.length > LIMITS.sentencesPerProject)
    return `A project has at most ${LIMITS.sentencesPerProject.toLocaleString("en")} sentences. Split the script into several projects.`;
  if (sections > LIMITS.sectionsPerProject)
    return `A project has at most ${LIMITS.sectionsPerProject.toLocaleString("en")} sections. Take some headings out.`;
  const long = sentences.findIndex((one) => one.text.length > LIMITS.text);
  if (long < 0) return null;
  return `Sentence ${long + 1} is longer than ${LIMITS.text.toLocaleString("en")} characters. It begins “${sentences[long]!.text.slice(0, 40)}…”`;
}
