"use client";
import type { ReactNode } from "react";
import type { Filter, ProjectSection } from "../model/filter";
import { FilterChips } from "./filter-chips";
import { FilterMenu } from "./filter-menu";
import { SearchBox } from "./search-box";

interface FindRowProps {
  sections: readonly ProjectSection[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** How many shots it shows, and of how many. */
  shown: number;
  total: number;
  /** Back to the board, at the first shot that was found. */
  onLeave: () => void;
  /** What stands at the left of it. */
  children: ReactNode;
}

/** The row above the shots: what goes on, the search, the filter, and under it what is on of that. */
export function FindRow({ sections, filter, onFilter, shown, total, onLeave, children }: FindRowProps) {
  return (
    <>
      <div className="@container relative flex h-11 shrink-0 items-center gap-2 border-b border-line px-4 touch:h-13">
        <div className="min-w-0 flex-1">{children}</div>
        <SearchBox text={filter.text} onText={(text) => onFilter({ ...filter, text })} onLeave={onLeave} />
        <FilterMenu sections={sections} filter={filter} onFilter={onFilter} />
      </div>
      <FilterChips sections={sections} filter={filter} shown={shown} total={total} onFilter={onFilter} />
    </>
  );
}
