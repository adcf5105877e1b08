"use client";
import { useEffect, useRef, useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button } from "../../../_ui/button";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import type { Sheet } from "../model/contact-sheet";

interface SheetSetupProps {
  sentences: readonly Sentence[];
  numbers: ReadonlyMap<string, number>;
  /** Ids of the shots that it begins with. */
  shots: readonly string[];
  /** How many shots are selected on the board. */
  selected: number;
  /** Styles that are ticked at first. */
  first: readonly string[];
  onPaint: (sheet: Sheet) => void;
  /** Back to the sheet that was shown; null where there is none. */
  onBack: (() => void) | null;
}

/** Which shots a contact sheet shows, in which styles. */
export function SheetSetup({ sentences, numbers, shots, selected, first, onPaint, onBack }: SheetSetupProps) {
  const { styles } = useBoard();
  const offered = styles.filter((one) => one.isActive).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const [left, setLeft] = useState<readonly string[]>([]);
  const [ticked, setTicked] = useState<readonly string[]>(() =>
    first.filter((id) => offered.some((one) => one.id === id)),
  );
  const start = useRef<HTMLInputElement>(null);
  useEffect(() => start.current?.focus(), []);
  const sentenceIds = shots.filter((id) => !left.includes(id));
  const styleIds = offered.map((one) => one.id).filter((id) => ticked.includes(id));
  const count = sentenceIds.length * styleIds.length;
  const toggle = (list: readonly string[], id: string) =>
    list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
  const isFull = styleIds.length >= LIMITS.sheetStyles;
  return (
    <form
      className="mx-auto flex min-h-0 w-full max-w-[760px] flex-1 flex-col gap-4 overflow-y-auto px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (count > 0) onPaint({ sentenceIds, styleIds });
      }}
    >
      <p className="text-soft">
        Each shot is painted once in each style, with one seed, so that only the style differs. What the board
        shows does not change until you pick one.
      </p>
      <fieldset className="space-y-0.5">
        <legend className="mb-1 text-meta text-muted">
          Shots{selected > shots.length ? `: the first ${shots.length} of the ${selected} selected` : ""}
        </legend>
        {shots.map((id) => {
          const sentence = sentences.find((one) => one.id === id);
          return sentence ? (
            <label key={id} className="flex min-h-7 items-baseline gap-2.5 touch:min-h-11">
              <input
                type="checkbox"
                checked={!left.includes(id)}
                onChange={() => setLeft(toggle(left, id))}
                className="size-3.5 shrink-0"
              />
              <span className="w-8 shrink-0 text-right text-muted tabular-nums">{numbers.get(id)}</span>
              <span className="line-clamp-1 min-w-0" dir="auto">
                {sentence.text}
              </span>
            </label>
          ) : null;
        })}
      </fieldset>
      <fieldset className="grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
        <legend className="mb-1 text-meta text-muted">Styles, at most {LIMITS.sheetStyles}</legend>
        {offered.map((one, index) => (
          <label key={one.id} className="flex min-h-7 items-center gap-2.5 touch:min-h-11">
            <input
              type="checkbox"
              checked={ticked.includes(one.id)}
              disabled={isFull && !ticked.includes(one.id)}
              onChange={() => setTicked(toggle(ticked, one.id))}
              {...(index === 0 && { ref: start })}
              className="size-3.5 shrink-0"
            />
            <span className="min-w-0 truncate">{one.name}</span>
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-3">
        {onBack && (
          <Button look="quiet" onClick={onBack}>
            Back to the sheet
          </Button>
        )}
        <Button look="primary" type="submit" disabled={count === 0}>
          {count === 0 ? "Choose shots and styles" : `Paint ${counted(count, "proof")}`}
        </Button>
      </div>
    </form>
  );
}
