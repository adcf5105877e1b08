"use client";
import { useEffect, useRef, useState } from "react";
import { announcement } from "../model/announcement";
import type { RunView } from "../model/run";

/** Reads the progress of a batch out, politely: its start, each quarter, its end. */
export function LiveRegion({ view }: { view: RunView | null }) {
  const before = useRef<RunView | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const next = announcement(before.current, view);
    before.current = view;
    if (next !== null) setWords(next);
  }, [view]);
  return (
    <output aria-live="polite" className="sr-only">
      {words}
    </output>
  );
}
