"use client";
import { createContext, useContext } from "react";
import { markMatches } from "../model/fold";

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
