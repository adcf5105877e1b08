"use client";
import { ChevronDown, ListFilter } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { cx } from "../../../_ui/class-names";
import { Menu, MenuChoice } from "../../../_ui/menu";
import type { Counts, Filter } from "../model/filter";

const NAMES: Record<Filter, string> = {
  all: "All shots",
  missing: "Missing",
  dirty: "Changed",
  failed: "Failed",
};
const FILTERS = Object.keys(NAMES) as Filter[];

interface FilterMenuProps {
  filter: Filter;
  counts: Counts;
  onFilter: (filter: Filter) => void;
  className?: string;
}

/** Which shots are shown, each kind with its number. */
export function FilterMenu({ filter, counts, onFilter, className }: FilterMenuProps) {
  const numbers: Record<Filter, number> = {
    all: counts.shots,
    missing: counts.missing,
    dirty: counts.dirty,
    failed: counts.failed,
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Show: ${NAMES[filter]}`}
          className={cx(
            "flex h-8 shrink-0 items-center gap-2 rounded border px-2.5 touch:h-11",
            filter === "all"
              ? "border-edge text-soft hover:border-muted hover:text-text"
              : "border-accent text-text",
            className,
          )}
        >
          <ListFilter size={14} aria-hidden />
          <span className={cx("whitespace-nowrap", filter === "all" && "max-sm:hidden lg:max-xl:hidden")}>
            {NAMES[filter]}
          </span>
          {filter !== "all" && <span className="text-muted">{numbers[filter].toLocaleString("en")}</span>}
          <ChevronDown size={14} className="text-muted" aria-hidden />
        </button>
      }
    >
      <DropdownMenu.RadioGroup value={filter} onValueChange={(picked) => onFilter(picked as Filter)}>
        {FILTERS.map((one) => (
          <MenuChoice key={one} value={one} hint={numbers[one].toLocaleString("en")}>
            {NAMES[one]}
          </MenuChoice>
        ))}
      </DropdownMenu.RadioGroup>
    </Menu>
  );
}
