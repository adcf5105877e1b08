"use client";
import { ListFilter } from "lucide-react";
import { cx } from "../../../_ui/class-names";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from "../../../_ui/menu";
import { ALL_SHOTS, type Filter, type ProjectSection } from "../model/filter";
import { type FilterPart, filterOptions, toggled } from "../model/filter-options";
import { useBoard } from "./board-context";
import { KIND_WORDS, MARK_WORDS } from "./filter-words";

const TITLES: Record<FilterPart, string | null> = {
  kinds: null,
  marks: null,
  characters: "With",
  styles: "Painted in",
  sections: "In section",
};
const PARTS = Object.keys(TITLES) as FilterPart[];

interface FilterMenuProps {
  sections: readonly ProjectSection[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** What of a filter's lists is on, the words that are searched for not counted. */
const choicesOf = (filter: Filter) => PARTS.reduce((sum, part) => sum + filter[part].length, 0);

/** Which shots are shown. What is ticked in one group adds up, and the groups narrow each other down. */
export function FilterMenu({ sections, filter, onFilter }: FilterMenuProps) {
  const count = choicesOf(filter);
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={count === 0 ? "Filter" : `Filter: ${count} on`}
          className={cx(
            "flex h-8 min-w-8 shrink-0 items-center justify-center gap-2 rounded border px-2 touch:h-11 touch:min-w-11",
            count === 0
              ? "border-edge text-soft hover:border-muted hover:text-text"
              : "border-accent text-text",
          )}
        >
          <ListFilter size={14} aria-hidden />
          <span className="@max-[560px]:hidden">Filter</span>
        </button>
      }
    >
      <Options sections={sections} filter={filter} onFilter={onFilter} />
      {count > 0 && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => onFilter({ ...ALL_SHOTS, text: filter.text })}>Show all shots</MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Counted only while the menu is open. */
function Options({ sections, filter, onFilter }: FilterMenuProps) {
  const { cast, styles } = useBoard();
  const options = filterOptions(sections, filter, { kinds: KIND_WORDS, marks: MARK_WORDS, cast, styles });
  return PARTS.map((part) => {
    const some = options.filter((one) => one.part === part);
    // One section or style to choose from is no choice.
    if (some.length === 0 || (part === "sections" && sections.length < 2)) return null;
    const title = TITLES[part];
    return (
      <div key={part}>
        {part === "marks" && <MenuLine />}
        {title !== null && <MenuLabel>{title}</MenuLabel>}
        {some.map(({ value, name, count }) => (
          <MenuCheck
            key={value}
            checked={(filter[part] as readonly string[]).includes(value)}
            onCheckedChange={() => onFilter(toggled(filter, part, value))}
            hint={count.toLocaleString("en")}
          >
            {name}
          </MenuCheck>
        ))}
      </div>
    );
  });
}
