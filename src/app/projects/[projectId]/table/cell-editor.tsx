"use client";
import { useCallback, useEffect, useRef } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { useTRPCClient } from "../../../_data/trpc";
import { cx } from "../../../_ui/class-names";
import { INPUT } from "../../../_ui/field";
import { useBoard } from "../board/board-context";
import { focusShot } from "../board/focus";
import { saveField, type TextField, textOf } from "../live/save-field";
import { useDraft } from "../live/use-draft";

interface CellEditorProps {
  sentence: Sentence;
  field: TextField;
  onDone: () => void;
  className?: string;
}

/**
 * A text of a shot, edited where it stands. It is the same draft that the inspector shows, which also
 * tells what could not be stored.
 */
export function CellEditor({ sentence, field, onDone, className }: CellEditorProps) {
  const { cache, drafts } = useBoard();
  const client = useTRPCClient();
  const sentenceId = sentence.id;
  const save = useCallback(
    (text: string, base: string) => saveField(client, cache, { sentenceId, field, text, base }),
    [client, cache, sentenceId, field],
  );
  const draft = useDraft(drafts, `${sentenceId} ${field}`, textOf(sentence, field), save);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = box;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  return (
    <textarea
      ref={box}
      rows={2}
      aria-label={field === "text" ? "Sentence" : "Image prompt"}
      aria-invalid={draft.draft?.phase === "failed" || draft.draft?.phase === "conflict" || undefined}
      placeholder={field === "imagePrompt" ? sentence.text : undefined}
      value={draft.value}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={() => {
        draft.store();
        onDone();
      }}
      onKeyDown={(event) => {
        const isEnd = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
        if (!isEnd) return;
        event.preventDefault();
        event.stopPropagation();
        focusShot(sentenceId);
      }}
      className={cx(INPUT, "block h-[52px] w-full resize-none px-2 py-1 text-meta select-text", className)}
    />
  );
}
