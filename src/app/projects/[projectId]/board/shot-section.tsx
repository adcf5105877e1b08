"use client";
import { memo } from "react";
import type { ProjectSection } from "../model/filter";
import { counted } from "../../../_ui/wording";
import { ROWS } from "./grid-roles";
import { ShotCard } from "./shot-card";

interface ShotSectionProps {
  section: ProjectSection;
  /** Numbers of its shots, as on the whole board. */
  numbers: ReadonlyMap<string, number>;
  chosen: ReadonlySet<string>;
  /** The shot that Tab stops at, if it is in this section. */
  current: string | null;
  places: ReadonlyMap<string, number>;
  sizes: string;
}

/** One section of the board under its heading, which stays in view. */
export const ShotSection = memo(function ShotSection({ section, numbers, chosen, current, places, sizes }: ShotSectionProps) {
  return (
    <section data-section-id={section.id} aria-labelledby={`section-${section.id}`} className="scroll-mt-0">
      <h2
        id={`section-${section.id}`}
        className="sticky top-0 z-10 -mx-4 flex items-baseline gap-2 border-b border-line bg-ground px-4 pt-3 pb-2.5 text-meta font-semibold text-soft"
      >
        <span className="truncate">{section.title}</span>
        <span className="shrink-0 font-normal text-muted">{counted(section.sentences.length, "shot")}</span>
      </h2>
      <div {...ROWS} className="grid grid-cols-[repeat(auto-fill,minmax(min(var(--card),calc(50%-6px)),1fr))] gap-x-3 gap-y-3.5 pt-3.5 pb-6">
        {section.sentences.map((sentence) => (
          <ShotCard
            key={sentence.id}
            sentence={sentence}
            number={numbers.get(sentence.id) ?? 0}
            isChosen={chosen.has(sentence.id)}
            isCurrent={sentence.id === current}
            place={places.get(sentence.id) ?? null}
            sizes={sizes}
          />
        ))}
      </div>
    </section>
  );
});
