"use client";
import type { ReactNode } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { useShownTake } from "./use-shown-take";

/** What the jobs of a shot had to say: of the one that is open, and of the one that made the shown picture. */
export function TakeNotes({ sentence }: { sentence: Sentence }) {
  const { take, notes } = useShownTake(sentence);
  const all = [...new Set([...(sentence.job?.notes ?? []), ...notes])];
  return (
    <>
      {all.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      {take?.isKept && !sentence.isImageDirty && (
        <Note>You kept this picture after its inputs had changed. It still tells what it was made from.</Note>
      )}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="rounded border-l-2 border-edge bg-ground px-3 py-2 text-soft">{children}</p>;
}
