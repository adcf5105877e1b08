"use client";
import { type KeyboardEvent, type MouseEvent, useCallback, useState } from "react";
import type { TextField } from "../live/save-field";

/** A text that is edited where it stands. */
export interface EditedText {
  id: string;
  field: TextField;
}

/** A double click on a text of a shot, or F2, edits it where it stands; other clicks and keys are handed on. */
export function useEditInPlace(
  byKey: TextField,
  onDoubleClick: (event: MouseEvent) => void,
  onKeyDown: (event: KeyboardEvent) => void,
) {
  const [edited, setEdited] = useState<EditedText | null>(null);
  const onEdited = useCallback(() => setEdited(null), []);
  return {
    edited,
    onEdited,
    heard: {
      onDoubleClick: (event: MouseEvent) => {
        const target = event.target instanceof Element ? event.target : null;
        if (target?.closest("textarea")) return;
        const field = target?.closest<HTMLElement>("[data-cell]")?.dataset["cell"];
        const id = target?.closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
        if (id === undefined || field === undefined) return onDoubleClick(event);
        setEdited({ id, field: field === "text" ? "text" : "imagePrompt" });
      },
      onKeyDown: (event: KeyboardEvent) => {
        const id = event.target instanceof HTMLElement ? event.target.dataset["shotId"] : undefined;
        if (event.key !== "F2" || id === undefined) return onKeyDown(event);
        event.preventDefault();
        setEdited({ id, field: byKey });
      },
    },
  };
}
