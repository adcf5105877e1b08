"use client";
import { useDeferredValue, useMemo, useState } from "react";
import { adoptSplits } from "@/lib/script/adopt-splits";
import { readScript } from "@/lib/script/read-script";
import type { ScriptSection } from "@/lib/script/script";
import { measureScript, tooLarge } from "../_ui/measure-script";

export interface ScriptState {
  text: string;
  setText: (text: string) => void;
  /** What it becomes, as read or as corrected by hand. */
  sections: readonly ScriptSection[];
  /** Takes corrections; they are kept where the text is edited elsewhere. */
  correct: (sections: readonly ScriptSection[]) => void;
  /** What could not be read, as sentences. */
  problems: readonly string[];
  /** What it becomes, in words: `4 sections · 24 sentences`. */
  words: string;
  /** Why it cannot be taken, as a sentence; null where it can. */
  obstacle: string | null;
  count: number;
}

const textsOf = (sections: readonly ScriptSection[]) =>
  sections.flatMap((section) => section.sentences.map((one) => one.text));

/** @param board the sentences of the board that it is compared with: it is split as they are */
export function useScript(first = "", board: readonly string[] = []): ScriptState {
  const [text, setText] = useState(first);
  const [corrected, setCorrected] = useState<{ text: string; sections: readonly ScriptSection[] } | null>(
    null,
  );
  const settled = useDeferredValue(text);
  const read = useMemo(() => readScript(tooLarge(settled) === null ? settled : ""), [settled]);
  const sections = useMemo(() => {
    if (corrected?.text === settled) return corrected.sections;
    return adoptSplits(corrected ? textsOf(corrected.sections) : board, read.sections);
  }, [corrected, settled, board, read]);
  const measure = useMemo(() => measureScript(settled, sections), [settled, sections]);
  return {
    text,
    setText,
    sections,
    correct: (next) => setCorrected({ text: settled, sections: next }),
    problems: read.problems,
    words: measure.words,
    obstacle: measure.problem,
    count: measure.sentences,
  };
}
