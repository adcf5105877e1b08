"use client";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { memo } from "react";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Tip } from "../../../_ui/tip";
import type { ProjectSection } from "../model/filter";

interface SectionListProps {
  sections: readonly ProjectSection[];
  /** The section in view. */
  active: string | null;
  isOpen: boolean;
  onToggle: () => void;
  onJump: (sectionId: string) => void;
}

/** The sections with how far each is. Closed it keeps their numbers. */
export function SectionList({ sections, active, isOpen, onToggle, onJump }: SectionListProps) {
  return (
    <nav
      aria-label="Sections"
      className={cx(
        "flex min-h-0 shrink-0 flex-col border-r border-line bg-raised max-sm:hidden",
        isOpen ? "w-12 lg:w-48 xl:w-56" : "w-12",
      )}
    >
      <div
        className={cx(
          "flex h-12 shrink-0 items-center px-2 max-lg:hidden",
          isOpen ? "pl-4" : "justify-center",
        )}
      >
        {isOpen && <span className="flex-1 text-meta text-muted">Sections</span>}
        <IconButton
          label={isOpen ? "Close the section list" : "Open the section list"}
          shortcut="["
          tipSide="right"
          onClick={onToggle}
        >
          {isOpen ? <PanelLeftClose size={16} /> : <PanelLeftOpen size={16} />}
        </IconButton>
      </div>
      <ul className="no-bar min-h-0 flex-1 space-y-0.5 overflow-y-auto px-2 pb-4 max-lg:pt-2">
        {sections.map((section, index) => (
          <SectionItem
            key={section.id}
            section={section}
            number={index + 1}
            isActive={section.id === active}
            isOpen={isOpen}
            onJump={onJump}
          />
        ))}
      </ul>
    </nav>
  );
}

interface SectionItemProps {
  section: ProjectSection;
  number: number;
  isActive: boolean;
  isOpen: boolean;
  onJump: (sectionId: string) => void;
}

const SectionItem = memo(function SectionItem({
  section,
  number,
  isActive,
  isOpen,
  onJump,
}: SectionItemProps) {
  const total = section.sentences.length;
  const done = section.sentences.filter((one) => one.imageUrl !== null).length;
  const share = total === 0 ? 0 : done / total;
  const button = (
    <button
      type="button"
      aria-current={isActive || undefined}
      onClick={() => onJump(section.id)}
      className={cx(
        "block w-full rounded text-left transition-colors duration-150 hover:bg-lifted hover:text-text",
        isActive ? "bg-lifted text-text" : "text-soft",
        isOpen ? "px-1 py-2 lg:p-2" : "px-1 py-2",
      )}
    >
      <span className="sr-only">{`${section.title}, ${done} of ${total} pictures`}</span>
      <span aria-hidden className="flex items-baseline gap-2">
        {isOpen && <span className="min-w-0 flex-1 truncate max-lg:hidden">{section.title}</span>}
        <span className={cx("text-meta text-muted", isOpen ? "max-lg:hidden" : "hidden")}>
          {done}/{total}
        </span>
        <span className={cx("w-full text-center text-meta", isOpen && "lg:hidden")}>{number}</span>
      </span>
      <span className="mt-1.5 block h-0.5 overflow-hidden rounded-full bg-edge">
        <span
          className={cx(
            "block h-full rounded-full transition-[width] duration-150",
            share === 1 ? "bg-good" : "bg-muted",
          )}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </button>
  );
  return (
    <li>
      {isOpen ? (
        button
      ) : (
        <Tip label={`${section.title} · ${done}/${total}`} side="right">
          {button}
        </Tip>
      )}
    </li>
  );
});
