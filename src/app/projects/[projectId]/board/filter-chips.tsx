"use client";
import { X } from "lucide-react";
import { ALL_SHOTS, type Filter, isFiltering, NO_STYLE, type ProjectSection } from "../model/filter";
import { type FilterPart, toggled } from "../model/filter-options";
import { useBoard } from "./board-context";
import { KIND_WORDS, MARK_WORDS } from "./filter-words";

interface FilterChipsProps {
  sections: readonly ProjectSection[];
  filter: Filter;
  /** How many shots it shows, and of how many. */
  shown: number;
  total: number;
  onFilter: (filter: Filter) => void;
}

/** What the board is filtered by, each with one press to take it away. */
export function FilterChips({ sections, filter, shown, total, onFilter }: FilterChipsProps) {
  const { cast, styles } = useBoard();
  if (!isFiltering(filter)) return null;
  const nameIn = (all: readonly { id: string; name: string }[], id: string) =>
    all.find((one) => one.id === id)?.name ?? id;
  const chips: { part: FilterPart; value: string; name: string }[] = [
    ...filter.kinds.map((value) => ({ part: "kinds" as const, value, name: KIND_WORDS[value] })),
    ...filter.marks.map((value) => ({ part: "marks" as const, value, name: MARK_WORDS[value] })),
    ...filter.characters.map((value) => ({ part: "characters" as const, value, name: nameIn(cast, value) })),
    ...filter.styles.map((value) => ({
      part: "styles" as const,
      value,
      name: value === NO_STYLE ? "No style" : nameIn(styles, value),
    })),
    ...filter.sections.map((value) => ({
      part: "sections" as const,
      value,
      name: sections.find((one) => one.id === value)?.title ?? value,
    })),
  ];
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-1 text-meta">
      <output className="mr-1 text-soft">
        {`${shown.toLocaleString("en")} of ${total.toLocaleString("en")} shown`}
      </output>
      <ul aria-label="Filters" className="contents">
        {chips.map(({ part, value, name }) => (
          <li key={`${part} ${value}`}>
            <button
              type="button"
              aria-label={`Take away the filter ${name}`}
              onClick={() => onFilter(toggled(filter, part, value))}
              className="flex h-7 max-w-52 items-center gap-1.5 rounded-full border border-edge bg-raised pr-2 pl-3 text-text hover:border-muted touch:h-11"
            >
              <span className="truncate">{name}</span>
              <X size={12} aria-hidden className="shrink-0 text-muted" />
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => onFilter(ALL_SHOTS)}
        className="h-8 rounded px-1 text-accent hover:underline touch:h-11"
      >
        Show all
      </button>
    </div>
  );
}
