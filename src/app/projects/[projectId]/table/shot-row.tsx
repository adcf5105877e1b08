"use client";
import { memo } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { grouped } from "../../../_ui/wording";
import { CELL, shotRow } from "../board/grid-roles";
import { Marked, useFoundInPrompt } from "../board/marked";
import { ShotPicture } from "../board/shot-picture";
import type { TextField } from "../live/save-field";
import { shotState } from "../model/shot-state";
import { CellEditor } from "./cell-editor";
import { classOf, TRACKS } from "./columns";
import { StateCell } from "./state-cell";

interface ShotRowProps {
  sentence: Sentence;
  /** Place on the board, from 1. */
  number: number;
  /** Place in the table, from 1. */
  rowIndex: number;
  sectionTitle: string;
  /** Names of who is in it. */
  characters: string;
  isChosen: boolean;
  isCurrent: boolean;
  place: number | null;
  sizes: string;
  /** The text that is edited in place. */
  edited: TextField | null;
  onEdited: () => void;
}

/** One shot as a row of the table. Its clicks and keys are heard by the table. */
export const ShotRow = memo(function ShotRow(props: ShotRowProps) {
  const { sentence, number, rowIndex, sectionTitle, characters, isChosen, isCurrent, place, sizes, edited } =
    props;
  const state = shotState(sentence);
  const textCell = (field: TextField, text: string | null) => (
    <div
      {...CELL}
      data-cell={field}
      className={cx("min-w-0", field === "imagePrompt" && classOf("Image prompt"))}
    >
      {edited === field ? (
        <CellEditor sentence={sentence} field={field} onDone={props.onEdited} />
      ) : text === null ? (
        <span className="text-muted">as the sentence</span>
      ) : field === "text" ? (
        <RowText sentence={sentence} />
      ) : (
        <span className="line-clamp-3 wrap-anywhere">
          <Marked text={text} />
        </span>
      )}
    </div>
  );
  return (
    <div
      {...shotRow(sentence, { state, index: rowIndex, isChosen, isTabStop: isCurrent })}
      className={cx(
        TRACKS,
        "group/shot h-16 items-center border-b border-line text-meta text-soft select-none focus-visible:-outline-offset-2",
        isChosen ? "bg-accent/15 hover:bg-accent/20" : "hover:bg-raised",
      )}
    >
      <div {...CELL} className="text-right font-medium text-muted">
        {number}
      </div>
      <div {...CELL} className="relative h-[52px] overflow-hidden rounded-[4px]">
        <ShotPicture sentence={sentence} sizes={sizes} />
      </div>
      {textCell("text", sentence.text)}
      {textCell("imagePrompt", sentence.imagePrompt)}
      <div {...CELL} className={cx("truncate", classOf("Section"))}>
        {sectionTitle}
      </div>
      <StateCell sentence={sentence} state={state} place={place} />
      <div {...CELL} className={cx("line-clamp-3", classOf("Characters"))}>
        {characters}
      </div>
      <div {...CELL} className={cx("truncate", classOf("Seed"))}>
        {sentence.seed === null ? "" : grouped(sentence.seed)}
      </div>
    </div>
  );
});

/** A sentence; where its prompt alone was found and has no column, that part of it below. */
function RowText({ sentence }: { sentence: Sentence }) {
  const found = useFoundInPrompt(sentence);
  return (
    <>
      <span className={cx("line-clamp-3 wrap-anywhere", found !== null && "@max-[560px]:line-clamp-2")}>
        <Marked text={sentence.text} />
      </span>
      {found !== null && (
        <span className="hidden truncate text-muted @max-[560px]:block">
          <span className="sr-only">Prompt: </span>
          <Marked text={found} />
        </span>
      )}
    </>
  );
}
