"use client";
import { CornerLeftUp, Scissors } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from "react";
import { joinToPrevious, splitAt, type ScriptPlace } from "@/lib/script/edit-script";
import type { ScriptSection } from "@/lib/script/script";
import { Button } from "../_ui/button";
import { Key } from "../_ui/key";
import { counted } from "../_ui/wording";
import { listbox } from "../_ui/list-roles";
import { clickedOffset } from "./divided-text";
import { gapsOf, nearestGap } from "./gaps";
import { type RowMark, ScriptRow } from "./script-row";

interface ScriptPreviewProps {
  sections: readonly ScriptSection[];
  onChange: (sections: readonly ScriptSection[]) => void;
  /** What becomes of each sentence, in order, where it is compared with a board. */
  marks?: readonly RowMark[];
}

interface Caret extends ScriptPlace {
  /** Where it would be divided; null = nowhere yet. */
  gap: number | null;
}

/** The shots that a script becomes; splits and joins can be corrected before anything is made. */
export function ScriptPreview({ sections, onChange, marks }: ScriptPreviewProps) {
  const [caret, setCaret] = useState<Caret>({ section: 0, sentence: 0, gap: null });
  const list = useRef<HTMLDivElement>(null);
  const starts = useMemo(() => startsOf(sections), [sections]);

  const goTo = (place: ScriptPlace, gap: number | null = null) => {
    setCaret({ ...place, gap });
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-row="${place.section}.${place.sentence}"]`)?.focus(),
    );
  };
  const split = ({ section, sentence, gap }: Caret) => {
    if (gap === null) return;
    const next = splitAt(sections, { section, sentence }, gap);
    if (next === sections) return;
    onChange(next);
    goTo({ section, sentence: sentence + 1 });
  };
  const join = (place: ScriptPlace) => {
    const next = joinToPrevious(sections, place);
    if (next === sections) return;
    onChange(next);
    const before = sections[place.section]!.sentences[place.sentence - 1]!.text.length;
    goTo({ section: place.section, sentence: place.sentence - 1 }, before + 1);
  };
  const step = (by: 1 | -1) => {
    const flat = starts[caret.section]! + caret.sentence + by;
    const section = starts.findLastIndex((start) => start <= flat);
    const sentence = flat - (starts[section] ?? 0);
    if (section >= 0 && sections[section]?.sentences[sentence]) goTo({ section, sentence });
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const text = sections[caret.section]?.sentences[caret.sentence]?.text;
    if (text === undefined || !(event.target as HTMLElement).dataset["row"]) return;
    const gaps = gapsOf(text);
    const at = caret.gap === null ? -1 : gaps.indexOf(caret.gap);
    const keys: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      ArrowRight: () => setCaret({ ...caret, gap: gaps[Math.min(gaps.length - 1, at + 1)] ?? null }),
      ArrowLeft: () =>
        setCaret({ ...caret, gap: gaps[Math.max(0, at < 0 ? gaps.length - 1 : at - 1)] ?? null }),
      Enter: () => split(caret),
      Backspace: () => join(caret),
    };
    const work = keys[event.key];
    if (!work) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  };
  const click = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset["row"];
    if (row === undefined) return;
    const [section = 0, sentence = 0] = row.split(".").map(Number);
    const text = sections[section]?.sentences[sentence]?.text ?? "";
    goTo({ section, sentence }, nearestGap(gapsOf(text), clickedOffset(event) ?? 0));
  };

  return (
    <div ref={list} role="presentation" onKeyDown={key} onClick={click}>
      <div
        role="toolbar"
        aria-label="Correct the shots"
        className="sticky -top-3 z-20 flex items-center gap-2 bg-raised py-2"
      >
        <Button disabled={caret.gap === null} onClick={() => split(caret)}>
          <Scissors size={14} aria-hidden /> Divide <Key>Enter</Key>
        </Button>
        <Button disabled={caret.sentence === 0} onClick={() => join(caret)}>
          <CornerLeftUp size={14} aria-hidden /> Join up <Key>⌫</Key>
        </Button>
        <span className="text-meta text-muted max-sm:hidden">A click, or ← and →, choose the place.</span>
      </div>
      {sections.map((section, index) => (
        <section key={`${index} ${section.title}`} aria-label={section.title} className="pb-3">
          <h3 className="sticky top-9 z-10 flex h-8 touch:top-12 items-center gap-2 bg-raised font-semibold">
            <span className="truncate">{section.title}</span>
            <span className="text-meta font-normal text-muted">
              {counted(section.sentences.length, "shot")}
            </span>
          </h3>
          <div {...listbox(`Shots of ${section.title}`)} className="space-y-0.5">
            {section.sentences.map((sentence, at) => (
              <ScriptRow
                key={at}
                place={`${index}.${at}`}
                number={starts[index]! + at + 1}
                text={sentence.text}
                mark={marks?.[starts[index]! + at] ?? null}
                isCurrent={caret.section === index && caret.sentence === at}
                gap={caret.section === index && caret.sentence === at ? caret.gap : null}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** How many sentences stand before each section. */
function startsOf(sections: readonly ScriptSection[]): number[] {
  let before = 0;
  return sections.map((section) => {
    const start = before;
    before += section.sentences.length;
    return start;
  });
}
