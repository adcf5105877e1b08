"use client";
import { Lock } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Style } from "@/lib/schemas/style";
import { Button } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { type Place, type SheetCell, stepOn } from "../model/contact-sheet";
import { SheetPicture } from "./sheet-picture";

interface SheetGridProps {
  rows: readonly (readonly SheetCell[])[];
  sentences: readonly Sentence[];
  styles: readonly Style[];
  numbers: ReadonlyMap<string, number>;
  /** Whether the proof with the keyboard on it fills the sheet. */
  isLarge: boolean;
  onLarge: (isLarge: boolean) => void;
  /** A style was picked. */
  onPick: (styleId: string) => void;
}

/** Rows are shots, columns are styles. Arrows move, Enter enlarges, P picks the column's style. */
export function SheetGrid({ rows, sentences, styles, numbers, isLarge, onLarge, onPick }: SheetGridProps) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const grid = useRef<HTMLDivElement>(null);
  const size = { rows: rows.length, columns: rows[0]?.length ?? 0 };
  const place = { row: Math.min(at.row, size.rows - 1), column: Math.min(at.column, size.columns - 1) };
  const current = rows[place.row]?.[place.column];
  const nameOf = (styleId: string) => styles.find((one) => one.id === styleId)?.name ?? styleId;
  const labelOf = (cell: SheetCell) => `Shot ${numbers.get(cell.sentenceId)} in ${nameOf(cell.styleId)}`;
  const focus = ({ row, column }: Place) =>
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus();
  useEffect(() => {
    focus({ row: 0, column: 0 });
  }, []);
  const go = (next: Place) => {
    setAt(next);
    focus(next);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepOn(place, event.key, size);
    const isOnButton = event.target instanceof Element && event.target.closest("button") !== null;
    if (next) go(next);
    else if (event.key.toLowerCase() === "p" && current) onPick(current.styleId);
    else if (event.key === "Enter" && !isOnButton) onLarge(!isLarge);
    else if (event.key === "Escape" && isLarge) onLarge(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={grid}
      role="presentation"
      onKeyDown={keys}
      className="relative min-h-0 flex-1 overflow-auto px-1 pb-3"
    >
      <table
        {...GRID}
        className="w-full table-fixed border-separate border-spacing-2"
        style={{ minWidth: 160 + size.columns * 208 }}
      >
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, "w-40 text-left font-normal text-muted")}>
              Shot
            </th>
            {rows[0]?.map(({ styleId }, column) => (
              <th key={styleId} scope="col" aria-label={nameOf(styleId)} className={cx(HEAD, "font-medium")}>
                <span className="flex items-center gap-2">
                  <span className="min-w-0 flex-1 truncate text-left">{nameOf(styleId)}</span>
                  <Button
                    tabIndex={-1}
                    onClick={() => {
                      go({ row: place.row, column });
                      onPick(styleId);
                    }}
                  >
                    Use <span className="sr-only">{nameOf(styleId)}</span>
                  </Button>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => {
            const sentence = sentences.find((one) => one.id === cells[0]?.sentenceId);
            return (
              <tr key={sentence?.id ?? row}>
                <th scope="row" className="space-y-1 text-left align-top font-normal text-soft">
                  <span className="flex items-center gap-1.5 text-meta text-muted">
                    {numbers.get(sentence?.id ?? "")}
                    {sentence?.isLocked && <Lock size={12} aria-label="locked" />}
                  </span>
                  <span className="line-clamp-4" dir="auto">
                    {sentence?.text}
                  </span>
                </th>
                {cells.map((cell, column) => (
                  <td
                    key={cell.styleId}
                    data-cell={`${row} ${column}`}
                    data-state={cell.state}
                    tabIndex={row === place.row && column === place.column ? 0 : -1}
                    onFocus={() => setAt({ row, column })}
                    onDoubleClick={() => onLarge(true)}
                    className="rounded p-0 align-top outline-offset-2 focus:outline-2 focus:outline-accent"
                  >
                    <span className="relative block aspect-(--shape) overflow-hidden rounded">
                      <SheetPicture cell={cell} label={labelOf(cell)} />
                    </span>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {isLarge && current && (
        <div
          role="presentation"
          onClick={() => onLarge(false)}
          className="fixed inset-x-0 top-12 bottom-0 z-20 flex flex-col items-center gap-2 bg-[oklch(12%_0.008_260)] p-4"
        >
          <div className="relative min-h-0 w-full flex-1" data-testid="large-proof">
            <SheetPicture cell={current} label={`${labelOf(current)}, large`} isLarge />
          </div>
          <p aria-live="polite">{labelOf(current)}</p>
        </div>
      )}
    </div>
  );
}

/** A table whose cells the arrows move between. */
const GRID = { role: "grid", "aria-label": "Proofs: shots by styles" } as const;
const HEAD = "sticky top-0 z-10 bg-[oklch(12%_0.008_260)] py-1";
