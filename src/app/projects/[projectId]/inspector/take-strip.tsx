"use client";
import { type KeyboardEvent, useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Take } from "@/lib/schemas/take";
import { Button } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { thumbnail } from "../../../_ui/media-url";
import { useBoardActs } from "../board/board-acts";
import { useBoard } from "../board/board-context";
import { DeleteTakeDialog } from "../takes/delete-take-dialog";
import { TakeMenu } from "../takes/take-menu";
import { TakeWords } from "../takes/take-words";
import { useTakes } from "../takes/use-takes";

interface TakeStripProps {
  sentence: Sentence;
  /** As many as stand in the strip; all of them, with what each was made with, where it is left out. */
  most?: number;
}

/** The pictures that were made for a shot, newest first; a click makes one of them its picture. */
export function TakeStrip({ sentence, most }: TakeStripProps) {
  const { actions } = useBoard();
  const { stage } = useBoardActs();
  const { items, isLoading, choosing, select, remove, copySeed } = useTakes(sentence.id);
  const [doomed, setDoomed] = useState<Take | null>(null);
  const shown = choosing ?? sentence.selectedTakeId;
  const numberOf = (take: Take) => items.length - items.indexOf(take);
  const compare = (take: Take) => stage({ kind: "compare", id: sentence.id, takeId: take.id });
  if (items.length === 0) return most === undefined ? null : <NoTakes isKnown={!isLoading} />;

  const hear = (take: Take) => (event: KeyboardEvent) => {
    if (event.key === "Delete" || event.key === "Backspace") setDoomed(take);
    else if (event.key === "t" && items.length > 1) compare(take);
    else return;
    // Not the board's own key: that would take the shot off the board.
    event.preventDefault();
  };
  return (
    <>
      <ul
        aria-label="Takes"
        className={cx("grid gap-1.5", most === undefined ? "grid-cols-2 gap-y-3" : STRIP)}
      >
        {newest(items, shown, most).map((take) => (
          <li key={take.id} className="group/take relative">
            <button
              type="button"
              aria-label={`Take ${numberOf(take)}${take.renderer === "own" ? ", yours" : ""}${take.isFileGone ? ": the file is gone" : ""}`}
              aria-pressed={take.id === shown}
              aria-keyshortcuts={items.length > 1 ? "t Delete" : "Delete"}
              onKeyDown={hear(take)}
              onClick={() => void select(take)}
              className={cx(
                "block w-full overflow-hidden rounded-[4px] bg-ground",
                take.id === shown
                  ? "outline-2 outline-offset-1 outline-accent"
                  : "opacity-80 transition-opacity duration-150 hover:opacity-100",
              )}
            >
              {take.isFileGone ? (
                <span className="grid aspect-(--shape) place-items-center text-meta leading-tight text-soft">
                  gone
                </span>
              ) : (
                <img
                  src={thumbnail(take.url, 320)}
                  alt=""
                  loading="lazy"
                  decoding="async"
                  className="aspect-(--shape) size-full object-cover"
                />
              )}
              {take.renderer === "own" && (
                <span
                  aria-hidden
                  className="absolute bottom-0.5 left-0.5 rounded-full bg-veil px-1.5 text-meta text-text"
                >
                  yours
                </span>
              )}
            </button>
            <TakeMenu
              take={take}
              number={numberOf(take)}
              isShown={take.id === shown}
              onUse={() => void select(take)}
              onCompare={items.length > 1 ? () => compare(take) : null}
              onRedo={() => void actions.redo(take.id)}
              onCopySeed={(seed) => void copySeed(seed)}
              onDelete={() => setDoomed(take)}
            />
            {most === undefined && <TakeWords take={take} number={numberOf(take)} />}
          </li>
        ))}
      </ul>
      {items
        .filter((take) => take.isFileGone)
        .map((take) => (
          <div
            key={take.id}
            className="flex flex-wrap items-center gap-1.5 rounded border-l-2 border-warn bg-ground px-3 py-2 text-soft"
          >
            <p className="min-w-0 flex-1">The file is gone of take {numberOf(take)}.</p>
            {take.renderer !== "own" && (
              <Button onClick={() => void actions.redo(take.id)}>Redo exactly</Button>
            )}
            <Button look="quiet" onClick={() => setDoomed(take)}>
              Delete
            </Button>
          </div>
        ))}
      {doomed && (
        <DeleteTakeDialog
          take={doomed}
          isShown={doomed.id === sentence.selectedTakeId}
          isLocked={sentence.isLocked}
          hasOther={items.some((one) => one.id !== doomed.id && !one.isFileGone)}
          onDelete={() => remove(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  );
}

const STRIP = "grid-cols-5";

/** The place of the strip: the fields below stay where they are when the first take comes. */
function NoTakes({ isKnown }: { isKnown: boolean }) {
  return (
    <div className={cx("grid gap-1.5", STRIP)}>
      <div className={cx("aspect-(--shape) rounded-[4px]", isKnown && "border border-dashed border-line")} />
    </div>
  );
}

/** The newest takes, and the one that is shown. */
function newest(items: readonly Take[], shown: string | null, most = Infinity): readonly Take[] {
  const some = items.slice(0, most);
  const isThere = some.some((one) => one.id === shown);
  const other = items.find((one) => one.id === shown);
  return isThere || !other ? some : [...some.slice(0, -1), other];
}
