import { LIMITS } from "@/lib/limits";
import { parseScript } from "@/lib/script/parse-script";
import { counted } from "./wording";

export interface ScriptMeasure {
  sentences: number;
  /** `4 sections · 24 sentences`; empty for an empty script. */
  words: string;
  /** Which limit it breaks, as a sentence. */
  problem: string | null;
}

/** What a script would become, and whether it may. */
export function measureScript(script: string): ScriptMeasure {
  if (script.trim() === "") return { sentences: 0, words: "", problem: null };
  if (script.length > LIMITS.scriptBytes || new TextEncoder().encode(script).length > LIMITS.scriptBytes)
    return { sentences: 0, words: "", problem: "A script has at most 2 MB. Split it into several projects." };
  const sections = parseScript(script, "markdown");
  const all = sections.flatMap((section) => section.sentences);
  const words = `${counted(sections.length, "section")} · ${counted(all.length, "sentence")}`;
  return { sentences: all.length, words, problem: problemOf(all) };
}

function problemOf(sentences: readonly { text: string }[]): string | null {
  if (sentences.length === 0) return "This holds no sentence yet.";
  if (sentences.length > LIMITS.sentencesPerProject)
    return `A project has at most ${LIMITS.sentencesPerProject.toLocaleString("en")} sentences. Split the script into several projects.`;
  const long = sentences.findIndex((one) => one.text.length > LIMITS.text);
  if (long < 0) return null;
  return `Sentence ${long + 1} is longer than ${LIMITS.text.toLocaleString("en")} characters. It begins “${sentences[long]!.text.slice(0, 40)}…”`;
}
