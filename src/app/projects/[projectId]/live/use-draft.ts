"use client";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { Draft, Drafts, SaveText } from "./drafts";

export interface DraftField {
  value: string;
  draft: Draft | null;
  /** True for a moment after it was stored. */
  isSaved: boolean;
  change: (text: string) => void;
  /** Stores it now. */
  store: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** ms that "Saved" is shown. */
const SHOWN = 2_500;

/** A text that is stored by itself: what is typed is shown until it is stored, whatever arrives meanwhile. */
export function useDraft(drafts: Drafts, key: string, stored: string, save: SaveText): DraftField {
  const draft = useSyncExternalStore(
    drafts.subscribe,
    useCallback(() => drafts.get(key), [drafts, key]),
    () => null,
  );
  const [isSaved, setIsSaved] = useState(false);
  const isSaving = draft?.phase === "saving";

  useEffect(() => {
    if (!isSaving) return;
    // Left saving: stored if the draft is gone, else it says itself what is wrong.
    return () => setIsSaved(drafts.get(key) === null);
  }, [isSaving, drafts, key]);
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(() => setIsSaved(false), SHOWN);
    return () => clearTimeout(timer);
  }, [isSaved]);
  // Leaving the field by choosing another shot stores what was typed.
  useEffect(() => () => void drafts.store(key), [drafts, key]);

  return {
    value: draft?.text ?? stored,
    draft,
    isSaved: isSaved && draft === null,
    change: (text) => {
      setIsSaved(false);
      drafts.type(key, text, stored, save);
    },
    store: () => void drafts.store(key),
    keepMine: () => void drafts.keepMine(key),
    takeTheirs: () => drafts.drop(key),
  };
}
