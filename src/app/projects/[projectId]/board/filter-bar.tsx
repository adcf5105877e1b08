"use client";
import { Slider } from "radix-ui";
import { cx } from "../../../_ui/class-names";
import { Tip } from "../../../_ui/tip";
import type { Counts, Filter } from "../model/filter";
import { SIZE } from "../model/view";

const FILTERS: { filter: Filter; name: string }[] = [
  { filter: "all", name: "All" },
  { filter: "missing", name: "Missing" },
  { filter: "dirty", name: "Changed" },
  { filter: "failed", name: "Failed" },
];

interface FilterBarProps {
  filter: Filter;
  counts: Counts;
  onFilter: (filter: Filter) => void;
}

/** Which shots are shown, each kind with its number. */
export function FilterBar({ filter, counts, onFilter }: FilterBarProps) {
  const numbers = { all: counts.shots, missing: counts.missing, dirty: counts.dirty, failed: counts.failed };
  return (
    <div role="radiogroup" aria-label="Show shots" className="no-bar flex min-w-0 overflow-x-auto rounded bg-ground p-0.5 ring-1 ring-line">
      {FILTERS.map(({ filter: one, name }) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={filter === one}
          onClick={() => onFilter(one)}
          className={cx(
            "flex h-7 shrink-0 items-center gap-1.5 rounded-[4px] px-2.5 text-meta text-soft transition-colors duration-150 hover:text-text touch:h-10",
            filter === one && "bg-lifted text-text",
          )}
        >
          {name}
          <span className={cx("text-muted", one === "failed" && numbers.failed > 0 && "text-bad", one === "dirty" && numbers.dirty > 0 && "text-warn")}>
            {numbers[one].toLocaleString("en")}
          </span>
        </button>
      ))}
    </div>
  );
}

/** How large the shots are. */
export function SizeSlider({ size, onSize }: { size: number; onSize: (size: number) => void }) {
  return (
    <Slider.Root
      value={[size]}
      min={SIZE.min}
      max={SIZE.max}
      step={SIZE.step}
      onValueChange={([next]) => next !== undefined && onSize(next)}
      className="relative flex h-8 w-24 shrink-0 touch-none items-center touch:h-11"
    >
      <Slider.Track className="relative h-0.5 w-full rounded-full bg-edge">
        <Slider.Range className="absolute h-full rounded-full bg-muted" />
      </Slider.Track>
      <Tip label="Size of the shots">
        <Slider.Thumb aria-label="Size of the shots" className="block size-3.5 rounded-full bg-soft hover:bg-text" />
      </Tip>
    </Slider.Root>
  );
}
