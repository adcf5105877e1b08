"use client";
import { Plus, Search } from "lucide-react";
import type { ProjectSort } from "@/lib/schemas/project";
import { Button } from "../_ui/button";
import { INPUT } from "../_ui/field";
import { Picker } from "../_ui/picker";

interface ProjectsToolbarProps {
  search: string;
  sort: ProjectSort;
  onSearch: (search: string) => void;
  onSort: (sort: ProjectSort) => void;
  onNew: () => void;
}

const SORTS: { id: ProjectSort; name: string; obstacle: null }[] = [
  { id: "newest", name: "Newest first", obstacle: null },
  { id: "changed", name: "Changed last", obstacle: null },
  { id: "name", name: "By name", obstacle: null },
];

/** Finds, sorts and makes projects. */
export function ProjectsToolbar({ search, sort, onSearch, onSort, onNew }: ProjectsToolbarProps) {
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="flex-1 text-title font-semibold">Projects</h1>
      <div className="relative max-sm:order-last max-sm:basis-full">
        <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
        <input
          type="search"
          aria-label="Search projects"
          placeholder="Search by name"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          className={`${INPUT} h-8 w-full pl-8 sm:w-56 touch:h-11`}
        />
      </div>
      <Picker
        label="Order"
        isLabelHidden
        value={sort}
        options={SORTS}
        onPick={(id) => onSort(SORTS.find((one) => one.id === id)?.id ?? "newest")}
      />
      <Button look="primary" onClick={onNew}>
        <Plus size={16} aria-hidden /> New project
      </Button>
    </div>
  );
}
