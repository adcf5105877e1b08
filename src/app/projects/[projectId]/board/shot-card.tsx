"use client";
import { memo } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { placeWords } from "../../../_ui/wording";
import { shotState, STATE_WORDS } from "../model/shot-state";
import { CellEditor } from "../table/cell-editor";
import { CELL, shotRow } from "./grid-roles";
import { Marked, useFoundInPrompt } from "./marked";
import { ShotOverlay } from "./shot-overlay";
import { ShotPicture } from "./shot-picture";

interface ShotCardProps {
  sentence: Sentence;
  /** Place on the board, from 1. */
  number: number;
  /** Place in its section, from 1. */
  rowIndex: number;
  isChosen: boolean;
  /** Whether the keyboard is here: the one shot that Tab stops at. */
  isCurrent: boolean;
  place: number | null;
  sizes: string;
  /** Whether its sentence is edited where it stands. */
  isEdited: boolean;
  onEdited: () => void;
}

/** One shot on the board. Its clicks are heard by the board; it draws itself again only when it changes. */
export const ShotCard = memo(function ShotCard({
  sentence,
  number,
  rowIndex,
  isChosen,
  isCurrent,
  place,
  sizes,
  isEdited,
  onEdited,
}: ShotCardProps) {
  const state = shotState(sentence);
  const words = state === "queued" ? placeWords(place) : STATE_WORDS[state];
  return (
    <div
      {...shotRow(sentence, { state, index: rowIndex, isChosen, isTabStop: isCurrent })}
      draggable={!isEdited}
      className="shot group/shot relative min-w-0 rounded outline-none select-none"
    >
      <div {...CELL}>
        <div
          className={cx(
            "relative aspect-(--shape) overflow-hidden rounded",
            isChosen
              ? "outline-2 outline-offset-2 outline-accent"
              : "group-focus-visible/shot:outline-2 group-focus-visible/shot:outline-offset-2 group-focus-visible/shot:outline-soft",
            isChosen && "group-focus-visible/shot:outline-3",
          )}
        >
          <ShotPicture sentence={sentence} sizes={sizes} />
          <ShotOverlay sentence={sentence} state={state} place={place} />
        </div>
        {isEdited ? (
          // Over what stands below, which stays where it is.
          <div className="mt-[7px] h-[38px]">
            <CellEditor
              sentence={sentence}
              field="text"
              onDone={onEdited}
              className="relative z-10 -mx-1.5 h-24! w-[calc(100%+12px)]!"
            />
          </div>
        ) : (
          <CardText sentence={sentence} number={number} words={words} />
        )}
      </div>
    </div>
  );
});

interface CardTextProps {
  sentence: Sentence;
  number: number;
  /** Its state, for screen readers. */
  words: string;
}

/** Number and sentence in two lines; where the search found its prompt alone, that stands in the second. */
function CardText({ sentence, number, words }: CardTextProps) {
  const found = useFoundInPrompt(sentence);
  const isWhole = found === null;
  return (
    <p
      data-cell="text"
      className={cx("mt-[7px] h-[38px] overflow-hidden text-soft", isWhole && "line-clamp-2")}
    >
      <span className={isWhole ? undefined : "block truncate"}>
        <span className="mr-1.5 font-medium text-muted">{number}</span>
        <Marked text={sentence.text} />
      </span>
      {!isWhole && (
        <span className="block truncate text-muted">
          Prompt: <Marked text={found} />
        </span>
      )}
      <span className="sr-only">, {words}</span>
    </p>
  );
}
