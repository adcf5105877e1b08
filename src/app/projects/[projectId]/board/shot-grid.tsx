"use client";
import type { DragEvent, KeyboardEvent, MouseEvent, RefObject } from "react";
import type { ProjectSection } from "../model/filter";
import type { Modifiers } from "../model/selection";
import type { BoardLayout } from "../model/board-layout";
import { useBoardActs } from "./board-acts";
import { ShotTable } from "../table/shot-table";
import { ContextMenu, useContextMenu } from "./context-menu";
import { ShotSection } from "./shot-section";
import { useEditInPlace } from "./use-edit-in-place";
import type { Painting } from "./use-painting";
import { usePictureDrop } from "./use-picture-drop";
import { useShotDrag } from "./use-shot-drag";
import { firstShots, useDrawnRows } from "./use-drawn-rows";

export type ShotAct = "generate" | "retry" | "show";

interface ShotGridProps {
  sections: readonly ProjectSection[];
  numbers: ReadonlyMap<string, number>;
  chosen: ReadonlySet<string>;
  current: string | null;
  places: ReadonlyMap<string, number>;
  sizes: string;
  onChoose: (id: string, how: Modifiers) => void;
  onOpen: (id: string) => void;
  /** To its image prompt. */
  onEdit: (id: string) => void;
  onAct: (act: ShotAct, id: string) => void;
  onChooseNone: () => void;
  painting: Painting;
  scroller: RefObject<HTMLElement | null>;
  layout: BoardLayout | null;
  isTable: boolean;
}

const shotAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-shot-id]") : null;

/** The shots by section. One listener hears the clicks of all of them. */
export function ShotGrid({
  sections,
  current,
  onChoose,
  onOpen,
  onEdit,
  onAct,
  onChooseNone,
  painting,
  scroller,
  layout,
  isTable,
  ...rest
}: ShotGridProps) {
  const { stage } = useBoardActs();
  const menu = useContextMenu(rest.chosen, (id) => onChoose(id, {}));
  const drag = useShotDrag(rest.chosen, (id) => onChoose(id, {}));
  const files = usePictureDrop(rest.chosen, () =>
    sections.flatMap((section) => section.sentences.map((one) => one.id)),
  );
  const drawn = useDrawnRows(scroller, layout);
  const atFirst = drawn ? null : firstShots(sections.map((section) => section.sentences.length));
  const click = (event: MouseEvent) => {
    const id = shotAt(event.target)?.dataset["shotId"];
    // A menu stands outside the board, though React tells of its clicks here too.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.target instanceof Element && event.target.closest("h2")) return;
    if (id === undefined) return onChooseNone();
    const act =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>("[data-act]")?.dataset["act"]
        : undefined;
    if (act !== undefined) return onAct(act as ShotAct, id);
    onChoose(id, { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey });
  };
  const key = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset["shotId"] : undefined;
    if (id === undefined || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (event.key === "Enter") onEdit(id);
    else if (event.ctrlKey || event.metaKey) onChoose(id, { toggle: true });
    else stage({ kind: "shot", id });
  };
  const doubleClick = (event: MouseEvent) => {
    const id = shotAt(event.target)?.dataset["shotId"];
    if (id !== undefined) onOpen(id);
  };
  const first = sections[0]?.sentences[0]?.id ?? null;
  const isShown =
    current !== null && sections.some((section) => section.sentences.some((one) => one.id === current));
  const stop = isShown ? current : first;
  const drawnOf = (index: number) => {
    const height = (drawn && layout?.sections[index]?.height) ?? 0;
    return { height, ...(drawn ? drawn(index) : atFirst![index]!) };
  };
  const stopIn = (section: ProjectSection) =>
    stop !== null && section.sentences.some((one) => one.id === stop) ? stop : null;
  const {
    edited,
    onEdited,
    heard: keysAndClicks,
  } = useEditInPlace(isTable ? "imagePrompt" : "text", doubleClick, key);
  const editedIn = (section: ProjectSection) =>
    edited && section.sentences.some((one) => one.id === edited.id) ? edited : null;
  const heard = { "data-shot-grid": true, onClick: click, ...menu.heard, ...keysAndClicks };
  const contextMenu = (
    <ContextMenu
      at={menu.at}
      sections={sections}
      chosenIds={rest.chosen}
      painting={painting}
      onEdit={onEdit}
      onClose={menu.close}
    />
  );
  if (isTable)
    return (
      <>
        <ShotTable
          {...heard}
          {...files}
          sections={sections}
          stopIn={stopIn}
          drawnOf={drawnOf}
          edited={edited}
          onEdited={onEdited}
          {...rest}
        />
        {contextMenu}
      </>
    );
  // Each leaves alone what is the other's.
  const dragged = {
    ...drag,
    ...files,
    onDragOver: (event: DragEvent) => {
      drag.onDragOver(event);
      files.onDragOver(event);
    },
    onDrop: (event: DragEvent) => {
      drag.onDrop(event);
      files.onDrop(event);
    },
  };
  return (
    <>
      <div role="presentation" {...heard} {...dragged} className="min-h-full px-4 pb-24">
        {sections.map((section, index) => (
          <ShotSection
            key={section.id}
            section={section}
            current={stopIn(section)}
            columns={(drawn && layout?.columns) ?? null}
            rowHeight={layout?.rowHeight ?? 0}
            edited={editedIn(section)}
            onEdited={onEdited}
            {...drawnOf(index)}
            {...rest}
          />
        ))}
      </div>
      {contextMenu}
    </>
  );
}
