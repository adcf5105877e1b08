"use client";
import { type ReactNode, useEffect, useRef } from "react";
import type { Problem } from "../_data/problem";
import { Button } from "../_ui/button";
import { ProblemNote } from "../_ui/problem-note";

interface EditorProps {
  title: string;
  /** Beside the title: what can be done with the whole thing. */
  actions?: ReactNode;
  /** The form's fields. */
  children: ReactNode;
  /** The living effect, beside the form. */
  effect: ReactNode;
  save: SaveProps;
}

interface SaveProps {
  /** "Save", "Create the style" */
  label: string;
  isNew: boolean;
  isChanged: boolean;
  isBusy: boolean;
  /** What saving does, in a sentence: "87 shots in 2 projects become dirty." */
  consequence?: ReactNode;
  /** Another way to save, beside it. */
  offer?: ReactNode;
  /** What went wrong that belongs to no field. */
  problem: Problem | null;
  onSave: () => void;
  onDiscard: () => void;
}

/** A form at the left, its effect at the right, and a bar to save it, which stays in view. Ctrl+S saves. */
export function Editor({ title, actions, children, effect, save }: EditorProps) {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const form = useRef<HTMLFormElement>(null);
  const { isNew: isNewAtFirst } = save;
  useEffect(() => {
    // A new thing is named first; where the list gave way to the form, that is where the keyboard goes on.
    const isAlone = matchMedia("(max-width: 1023px)").matches;
    if (isNewAtFirst) form.current?.querySelector("input")?.focus();
    else if (isAlone) form.current?.querySelector("h2")?.focus();
  }, [isNewAtFirst]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      const { isBusy, isChanged, isNew, onSave } = latest.current;
      if (!isBusy && (isChanged || isNew)) onSave();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return (
    <form
      ref={form}
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        save.onSave();
      }}
      className="min-w-0"
    >
      <header className="flex min-h-8 items-center gap-2">
        <h2 tabIndex={-1} className="min-w-0 flex-1 truncate text-title font-semibold outline-none">
          {title}
        </h2>
        {actions}
      </header>
      <div className="mt-4 grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_260px] xl:grid-cols-[minmax(0,1fr)_minmax(0,400px)]">
        <div className="min-w-0 space-y-4">{children}</div>
        <div className="min-w-0 space-y-5">{effect}</div>
      </div>
      <SaveBar {...save} />
    </form>
  );
}

function SaveBar({
  label,
  isNew,
  isChanged,
  isBusy,
  consequence,
  offer,
  problem,
  onDiscard,
}: Omit<SaveProps, "onSave">) {
  return (
    <div className="sticky bottom-0 z-10 mt-6 border-t border-line bg-ground pt-3 pb-4">
      {problem && (
        <div className="mb-3">
          <ProblemNote problem={problem} />
        </div>
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <p aria-live="polite" className="min-w-0 flex-1 basis-48 text-meta text-soft empty:hidden">
          {isChanged && consequence}
        </p>
        {isChanged && offer}
        <div className="ml-auto flex gap-2">
          {isChanged && (
            <Button look="quiet" onClick={onDiscard} disabled={isBusy}>
              Discard
            </Button>
          )}
          <Button look="primary" type="submit" isBusy={isBusy} disabled={!isChanged && !isNew}>
            {label}
            <kbd className="font-sans text-meta font-medium opacity-75 max-sm:hidden">Ctrl S</kbd>
          </Button>
        </div>
      </div>
    </div>
  );
}
