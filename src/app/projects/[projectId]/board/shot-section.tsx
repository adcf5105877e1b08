"use client";
import { type CSSProperties, memo } from "react";
import { counted } from "../../../_ui/wording";
import type { ProjectSection } from "../model/filter";
import { MEASURES } from "../model/board-layout";
import { grid } from "./grid-roles";
import { SectionMenu } from "./section-menu";
import { ShotCard } from "./shot-card";
import type { EditedText } from "./use-edit-in-place";

export interface ShotSectionProps {
  section: ProjectSection;
  /** Numbers of its shots, as on the whole board. */
  numbers: ReadonlyMap<string, number>;
  chosen: ReadonlySet<string>;
  /** The shot that Tab stops at, if it is in this section. */
  current: string | null;
  places: ReadonlyMap<string, number>;
  sizes: string;
  /** Shots beside each other, and the height of a row; null before the board is measured. */
  columns: number | null;
  rowHeight: number;
  /** Height of heading and shots. */
  height: number;
  /** The rows that are drawn, up to before `end`; before the board is measured, shots. */
  first: number;
  end: number;
  /** The text that is edited where it stands, if it is in this section. */
  edited: EditedText | null;
  onEdited: () => void;
}

/** One section of the board under its heading, which stays in view. Only the rows near the view are drawn. */
export const ShotSection = memo(function ShotSection(props: ShotSectionProps) {
  const { section, numbers, chosen, current, places, sizes, columns, rowHeight, height, first, end } = props;
  const drawn = section.sentences.slice(first * (columns ?? 1), end * (columns ?? 1));
  const measured: CSSProperties | undefined =
    columns === null
      ? undefined
      : {
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridAutoRows: rowHeight - MEASURES.gapY,
          height: height - MEASURES.heading,
          // The height holds the space below already.
          paddingBottom: 0,
          paddingTop: MEASURES.above + first * rowHeight,
        };
  return (
    <section data-section-id={section.id} aria-labelledby={`section-${section.id}`}>
      <h2
        id={`section-${section.id}`}
        className="sticky top-0 z-10 -mx-4 flex h-10 items-center gap-2 border-b border-line bg-ground px-4 text-meta font-semibold text-soft"
      >
        <span className="truncate">{section.title}</span>
        <span className="shrink-0 font-normal text-muted">{counted(section.sentences.length, "shot")}</span>
        <SectionMenu section={section} />
      </h2>
      <div
        {...grid(section.title, section.sentences.length)}
        style={measured}
        className="grid grid-cols-[repeat(auto-fill,minmax(min(var(--card),calc(50%-6px)),1fr))] content-start gap-x-3 gap-y-3.5 pt-3.5 pb-6"
      >
        {drawn.map((sentence, index) => (
          <ShotCard
            key={sentence.id}
            rowIndex={first * (columns ?? 1) + index + 1}
            sentence={sentence}
            number={numbers.get(sentence.id) ?? 0}
            isChosen={chosen.has(sentence.id)}
            isCurrent={sentence.id === current}
            place={places.get(sentence.id) ?? null}
            sizes={sizes}
            isEdited={props.edited?.id === sentence.id}
            onEdited={props.onEdited}
          />
        ))}
      </div>
    </section>
  );
});
