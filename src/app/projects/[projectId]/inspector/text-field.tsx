"use client";
import { useCallback } from "react";
import { LIMITS } from "@/lib/limits";
import { Button } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Field, INPUT } from "../../../_ui/field";
import { useTRPCClient } from "../../../_data/trpc";
import type { Sentence } from "@/lib/schemas/sentence";
import { useBoard } from "../board/board-context";
import { saveField, type TextField as Name, textOf } from "../live/save-field";
import { type DraftField, useDraft } from "../live/use-draft";

interface TextFieldProps {
  sentence: Sentence;
  field: Name;
  label: string;
  placeholder?: string;
  rows: number;
  /** The keyboard goes into it at once, behind what it says. */
  hasFocus?: boolean;
  /** Left by Ctrl+Enter (done) or Escape; without it the board gets the keyboard then. */
  onLeave?: (isDone: boolean) => void;
}

/** A text of a shot that stores itself: after a pause, on leaving, with Ctrl+Enter. */
export function TextField({
  sentence,
  field,
  label,
  placeholder,
  rows,
  hasFocus = false,
  onLeave,
}: TextFieldProps) {
  const { cache, drafts, undo } = useBoard();
  const client = useTRPCClient();
  const sentenceId = sentence.id;
  const save = useCallback(
    async (text: string, base: string) => {
      const write = (to: string, from: string) =>
        saveField(client, cache, { sentenceId, field, text: to, base: from });
      await write(text, base);
      undo.push({
        label: field === "text" ? "edit of a sentence" : "edit of a prompt",
        undo: () => write(base, text),
        redo: () => write(text, base),
      });
    },
    [client, cache, undo, sentenceId, field],
  );
  const draft = useDraft(drafts, `${sentenceId} ${field}`, textOf(sentence, field), save);
  const length = draft.value.length;
  return (
    <Field
      label={label}
      aside={<SaveState draft={draft} length={length} />}
      problem={<FieldProblem draft={draft} length={length} />}
    >
      {(props) => (
        <textarea
          {...props}
          ref={hasFocus ? focusEnd : undefined}
          aria-invalid={draft.draft?.phase === "failed" || draft.draft?.phase === "conflict" || undefined}
          data-field={field}
          rows={rows}
          placeholder={placeholder}
          className={cx(INPUT, "grows block max-h-64 w-full overflow-y-auto py-2 leading-[20px]")}
          style={{ minHeight: rows * 20 + 18 }}
          value={draft.value}
          onChange={(event) => draft.change(event.target.value)}
          onBlur={draft.store}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              draft.store();
              onLeave?.(true);
            }
            if (event.key === "Escape") {
              event.stopPropagation();
              event.currentTarget.blur();
              if (onLeave) return onLeave(false);
              document.querySelector<HTMLElement>(`[data-shot-id="${sentenceId}"]`)?.focus();
            }
          }}
        />
      )}
    </Field>
  );
}

/** Once, when the field appears. */
function focusEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

/** Characters from the limit at which the count is shown. */
const NEAR = 500;

function SaveState({ draft: { draft, isSaved }, length }: { draft: DraftField; length: number }) {
  if (length > LIMITS.text - NEAR)
    return <span>{`${length.toLocaleString("en")} of ${LIMITS.text.toLocaleString("en")}`}</span>;
  if (draft?.phase === "saving") return <span>Saving…</span>;
  if (draft?.phase === "failed" || draft?.phase === "conflict")
    return <span className="text-bad">Not saved</span>;
  return isSaved ? <span className="animate-appear">Saved</span> : null;
}

function FieldProblem({
  draft: { draft, store, keepMine, takeTheirs },
  length,
}: {
  draft: DraftField;
  length: number;
}) {
  if (draft?.phase === "failed" && draft.problem)
    return (
      <>
        {draft.problem.message}{" "}
        {length <= LIMITS.text && (
          <button type="button" onClick={store} className="text-accent underline">
            Save again
          </button>
        )}{" "}
        <button type="button" onClick={takeTheirs} className="text-accent underline">
          Take it back
        </button>
      </>
    );
  if (draft?.phase !== "conflict") return null;
  return (
    <span className="block space-y-2 pt-0.5">
      <span className="block">This was changed in another window meanwhile. It says now:</span>
      <span className="block max-h-24 overflow-y-auto rounded bg-ground px-2.5 py-2 text-soft">
        {draft.theirs === "" ? "(nothing)" : draft.theirs}
      </span>
      <span className="flex gap-2">
        <Button onClick={keepMine}>Keep mine</Button>
        <Button onClick={takeTheirs}>Take theirs</Button>
      </span>
    </span>
  );
}
