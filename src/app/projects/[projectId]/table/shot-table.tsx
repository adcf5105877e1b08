"use client";
import { type ComponentProps, memo } from "react";
import { counted } from "../../../_ui/wording";
import { cx } from "../../../_ui/class-names";
import { MEASURES } from "../model/board-layout";
import { type Cast, charactersOf, type ProjectSection } from "../model/filter";
import { useBoard } from "../board/board-context";
import { CELL, COLUMN_HEADER, group, plainRow, table } from "../board/grid-roles";
import { SectionMenu } from "../board/section-menu";
import type { ShotSectionProps } from "../board/shot-section";
import { COLUMNS, TRACKS } from "./columns";
import { ShotRow } from "./shot-row";

/** The names of the columns, which stay in view. */
function TableHead() {
  return (
    <div
      {...plainRow(1)}
      className={cx(
        TRACKS,
        "sticky top-0 z-10 h-8 items-center border-b border-line bg-raised text-meta text-muted",
      )}
    >
      {COLUMNS.map(({ name, className }) => (
        <div key={name} {...COLUMN_HEADER} className={cx("truncate", className)}>
          {name === "Shot" ? <span className="sr-only">{name}</span> : name}
        </div>
      ))}
    </div>
  );
}

interface ShotTableProps
  extends
    Pick<
      ComponentProps<"div">,
      "onClick" | "onContextMenu" | "onKeyDown" | "onDoubleClick" | "onDragOver" | "onDragLeave" | "onDrop"
    >,
    Pick<ShotSectionProps, "numbers" | "chosen" | "places" | "sizes" | "edited" | "onEdited"> {
  sections: readonly ProjectSection[];
  stopIn: (section: ProjectSection) => string | null;
  drawnOf: (index: number) => Pick<ShotSectionProps, "height" | "first" | "end">;
}

/** Rows above each section's heading, and at the end all there are: the names of the columns are the first. */
function rowsAboveEach(sections: readonly ProjectSection[]): number[] {
  const tops = [1];
  for (const { sentences } of sections) tops.push(tops.at(-1)! + 1 + sentences.length);
  return tops;
}

/** The shots as rows, with all that is known of them in columns. */
export function ShotTable({
  sections,
  stopIn,
  drawnOf,
  numbers,
  chosen,
  places,
  sizes,
  edited,
  onEdited,
  ...heard
}: ShotTableProps) {
  const { cast } = useBoard();
  const tops = rowsAboveEach(sections);
  const rows = tops.pop()!;
  return (
    <div role="presentation" className="@container min-h-full pb-24" {...heard}>
      <div {...table(rows)}>
        <TableHead />
        {sections.map((section, index) => (
          <TableSection
            key={section.id}
            section={section}
            current={stopIn(section)}
            cast={cast}
            rowsAbove={tops[index]!}
            numbers={numbers}
            chosen={chosen}
            places={places}
            sizes={sizes}
            edited={edited && section.sentences.some((one) => one.id === edited.id) ? edited : null}
            onEdited={onEdited}
            {...drawnOf(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface TableSectionProps extends Omit<ShotSectionProps, "columns" | "rowHeight"> {
  cast: Cast;
  /** Rows of the table above the section's heading. */
  rowsAbove: number;
}

/** The shots of one section as rows. Only those near the view are drawn. */
const TableSection = memo(function TableSection(props: TableSectionProps) {
  const { section, numbers, chosen, current, places, sizes, height, first, end, cast, rowsAbove } = props;
  const { edited } = props;
  const names = (ids: readonly string[]) =>
    ids.flatMap((id) => cast.find((one) => one.id === id)?.name ?? []).join(", ");
  return (
    <div
      {...group(section.title)}
      data-section-id={section.id}
      className="scroll-mt-8"
      // Before the board is measured, as high as what is drawn.
      style={height === 0 ? undefined : { height }}
    >
      <div {...plainRow(rowsAbove + 1)} className="sticky top-8 z-10 bg-ground">
        <div {...CELL} aria-colspan={COLUMNS.length}>
          <h2
            className="flex items-center gap-2 border-b border-line px-4 text-meta font-semibold text-soft"
            style={{ height: MEASURES.heading }}
          >
            <span className="truncate">{section.title}</span>
            <span className="shrink-0 font-normal text-muted">
              {counted(section.sentences.length, "shot")}
            </span>
            <SectionMenu section={section} />
          </h2>
        </div>
      </div>
      <div role="presentation" style={{ paddingTop: first * MEASURES.row }}>
        {section.sentences.slice(first, end).map((sentence, index) => (
          <ShotRow
            key={sentence.id}
            sentence={sentence}
            number={numbers.get(sentence.id) ?? 0}
            rowIndex={rowsAbove + 2 + first + index}
            sectionTitle={section.title}
            characters={names(charactersOf(sentence, cast))}
            isChosen={chosen.has(sentence.id)}
            isCurrent={sentence.id === current}
            place={places.get(sentence.id) ?? null}
            sizes={sizes}
            edited={edited?.id === sentence.id ? edited.field : null}
            onEdited={props.onEdited}
          />
        ))}
      </div>
    </div>
  );
});
