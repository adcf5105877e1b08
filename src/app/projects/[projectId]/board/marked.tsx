"use client";
import { createContext, useContext } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { excerptOf, fold, markMatches } from "../model/fold";

/** The folded words that are searched for; the same array as long as they are the same. */
export const SearchedWords = createContext<readonly string[]>([]);

/** A text in which what is searched for is marked. */
export function Marked({ text }: { text: string }) {
  const words = useContext(SearchedWords);
  if (words.length === 0) return text;
  return markMatches(text, words).map(({ text: part, isMatch }, index) =>
    isMatch ? (
      <mark key={index} className="rounded-[2px] bg-warn/30 text-text">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}

/** Where a shot is found by its prompt alone, that part of the prompt; else null. */
export function useFoundInPrompt({
  text,
  imagePrompt,
}: Pick<Sentence, "text" | "imagePrompt">): string | null {
  const words = useContext(SearchedWords);
  if (words.length === 0 || imagePrompt === null) return null;
  const folded = fold(text);
  const missing = words.filter((word) => !folded.includes(word));
  return missing.length === 0 ? null : excerptOf(imagePrompt, missing);
}
