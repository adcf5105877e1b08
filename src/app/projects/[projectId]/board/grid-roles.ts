import type { Sentence } from "@/lib/schemas/sentence";
import type { ShotState } from "../model/shot-state";

/**
 * Roles of the board's parts: each section is a grid of one shot a row, so that a shot can be selected and hold
 * buttons. Its rows stand beside each other, which the elements of a table cannot.
 */
/** A row; Tab stops at one of all of them, the arrows go on from there. */
const row = (isTabStop: boolean) => ({ role: "row", tabIndex: isTabStop ? 0 : -1 }) as const;
/** The row of a shot, with what tells it from the others. */
export const shotRow = (
  { id, isLocked }: Pick<Sentence, "id" | "isLocked">,
  {
    state,
    index,
    isChosen,
    isTabStop,
  }: { state: ShotState; index: number; isChosen: boolean; isTabStop: boolean },
) => ({
  ...row(isTabStop),
  "aria-rowindex": index,
  "data-shot-id": id,
  "data-state": state,
  "data-locked": isLocked || undefined,
  "aria-selected": isChosen,
});
/** A section's rows; only those near the view are there, so that their number is told. */
export const grid = (title: string, shots: number) =>
  shots === 0
    ? {}
    : ({ role: "grid", "aria-label": title, "aria-multiselectable": true, "aria-rowcount": shots } as const);
export const CELL = { role: "gridcell" } as const;

/** The table is one grid: the names of its columns, then each section as a group of rows under a row that names it. */
export const table = (rows: number) =>
  ({ role: "grid", "aria-label": "Shots", "aria-multiselectable": true, "aria-rowcount": rows }) as const;
export const group = (title: string) => ({ role: "rowgroup", "aria-label": title }) as const;
export const plainRow = (index: number) => ({ role: "row", "aria-rowindex": index }) as const;
export const COLUMN_HEADER = { role: "columnheader" } as const;
