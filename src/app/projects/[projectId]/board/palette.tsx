"use client";
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useMemo, useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { Dialog } from "../../../_ui/dialog";
import { INPUT } from "../../../_ui/field";
import { Key } from "../../../_ui/key";
import { listbox, option } from "../../../_ui/list-roles";
import type { ProjectSection } from "../model/filter";
import { type Command, findCommands, shownKeys } from "./commands";

interface PaletteProps {
  commands: readonly Command[];
  sections: readonly ProjectSection[];
  sentences: readonly Sentence[];
  onSection: (sectionId: string) => void;
  onShot: (sentenceId: string) => void;
  onClose: () => void;
}

interface Line {
  id: string;
  words: string;
  /** What kind of thing it is, at the right. */
  kind: string;
  keys: readonly string[];
  run: () => void;
}

/** Lines that are shown: more are found by typing. */
const SHOWN = 40;
/** Shots by their text are found once this much is typed. */
const LEAST = 2;

/** Everything that can be done here, and every place, found by typing. */
export function Palette({ commands, sections, sentences, onSection, onShot, onClose }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const lines = useMemo<Line[]>(() => {
    const doable = commands
      .filter((one) => one.words !== "" && !one.isMove)
      .map((one) => ({
        id: one.words,
        words: one.words,
        kind: one.group,
        keys: shownKeys(one),
        run: () => void one.run(),
      }));
    const places = sections.map((one) => ({
      id: one.id,
      words: one.title,
      kind: "Section",
      keys: [],
      run: () => onSection(one.id),
    }));
    const shots = findShots(sentences, typed, onShot);
    const found = findCommands([...doable, ...places], typed);
    // Who types a number means a shot.
    return (/^\s*\d/.test(typed) ? [...shots, ...found] : [...found, ...shots]).slice(0, SHOWN);
  }, [commands, sections, sentences, typed, onSection, onShot]);
  const current = Math.min(at, lines.length - 1);
  const choose = (line: Line | undefined) => {
    if (!line) return;
    onClose();
    // The keyboard is back on the board first.
    requestAnimationFrame(line.run);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter") choose(lines[current]);
    else if (event.key === "ArrowDown") setAt(Math.min(lines.length - 1, current + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, current - 1));
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent) => {
    const index = lineAt(event);
    if (index !== null) choose(lines[index]);
  };
  const point = (event: PointerEvent) => setAt(lineAt(event) ?? current);
  return (
    <Dialog isOpen onClose={onClose} title="Find anything" isWide>
      <div role="presentation" onKeyDown={key} onClick={click} onPointerMove={point}>
        <div className="px-5 pt-2 pb-3">
          <input
            data-autofocus
            role="combobox"
            aria-expanded
            aria-controls="palette"
            aria-activedescendant={lines[current] ? `palette-${current}` : undefined}
            aria-label="What to do, or a shot by its number or words"
            placeholder="What to do, or a shot by its number or words"
            autoComplete="off"
            spellCheck={false}
            className={cx(INPUT, "h-10 w-full px-3 touch:h-11")}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
          />
        </div>
        <div id="palette" {...listbox("Found")} className="h-[min(420px,60dvh)] overflow-y-auto px-3 pb-3">
          {lines.length === 0 && (
            <p className="px-2 py-6 text-center text-muted">Nothing here is called so.</p>
          )}
          {lines.map((line, index) => (
            <div
              key={`${line.kind} ${line.id}`}
              id={`palette-${index}`}
              {...option(index === current)}
              ref={(element) => void (index === current && element?.scrollIntoView({ block: "nearest" }))}
              data-line={index}
              className={cx(
                "flex min-h-8 cursor-pointer items-center gap-3 rounded px-2.5 touch:min-h-11",
                index === current && "bg-lifted",
              )}
            >
              <span className="min-w-0 flex-1 truncate first-letter:uppercase">{line.words}</span>
              <span className="shrink-0 text-meta text-muted">{line.kind}</span>
              {line.keys.map((name) => (
                <Key key={name}>{name}</Key>
              ))}
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

/** The index of the line that the pointer is at, if it is at one. */
function lineAt(event: PointerEvent | MouseEvent): number | null {
  const line = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-line]") : null;
  return line ? Number(line.dataset["line"]) : null;
}

/** Shots by their number, or by words of their text. */
function findShots(sentences: readonly Sentence[], typed: string, onShot: (id: string) => void): Line[] {
  const wanted = typed.trim().toLowerCase();
  const toLine = (one: Sentence, index: number): Line => ({
    id: one.id,
    words: one.text,
    kind: `Shot ${(index + 1).toLocaleString("en")}`,
    keys: [],
    run: () => onShot(one.id),
  });
  if (/^\d+$/.test(wanted)) {
    const one = sentences[Number(wanted) - 1];
    return one ? [toLine(one, Number(wanted) - 1)] : [];
  }
  if (wanted.length < LEAST) return [];
  const found: Line[] = [];
  for (const [index, one] of sentences.entries()) {
    if (one.text.toLowerCase().includes(wanted)) found.push(toLine(one, index));
    if (found.length === SHOWN) break;
  }
  return found;
}
