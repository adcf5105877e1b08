"use client";
import { type DragEvent, useRef } from "react";
import { placeAtEnd, placeBeside } from "../model/shift";
import { useBoard } from "./board-context";

/** What is dragged, for other windows: nothing they could use. */
const TYPE = "application/x-shotboard-shots";

const shotAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-shot-id]") : null;
const sectionAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-section-id]") : null;

/** Shots that are dragged to another place; the line where they would stand is drawn by `data-drop`. */
export function useShotDrag(chosen: ReadonlySet<string>, onChoose: (id: string) => void) {
  const { shots, cache } = useBoard();
  const dragged = useRef<ReadonlySet<string>>(new Set());
  const marked = useRef<HTMLElement | null>(null);
  const mark = (element: HTMLElement | null, side: "before" | "after" | "end" = "end") => {
    if (marked.current && marked.current !== element) delete marked.current.dataset["drop"];
    marked.current = element;
    if (element) element.dataset["drop"] = side;
  };
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(TYPE) && dragged.current.size > 0;
  return {
    onDragStart: (event: DragEvent) => {
      const id = shotAt(event.target)?.dataset["shotId"];
      if (id === undefined) return;
      if (!chosen.has(id)) onChoose(id);
      dragged.current = chosen.has(id) ? chosen : new Set([id]);
      event.dataTransfer.setData(TYPE, "");
      event.dataTransfer.effectAllowed = "move";
    },
    onDragOver: (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      const shot = shotAt(event.target);
      if (!shot) return mark(sectionAt(event.target));
      const { left, width } = shot.getBoundingClientRect();
      mark(shot, event.clientX < left + width / 2 ? "before" : "after");
    },
    onDrop: (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      const target = marked.current;
      const side = target?.dataset["drop"];
      const id = target?.dataset["shotId"];
      const sectionId = target?.dataset["sectionId"];
      mark(null);
      // Places are counted among all shots, whatever a filter shows.
      const sections = cache.get()?.sections ?? [];
      if (id !== undefined && (side === "before" || side === "after"))
        void shots.move(placeBeside(sections, dragged.current, id, side));
      else if (sectionId !== undefined) void shots.move(placeAtEnd(sections, dragged.current, sectionId));
      dragged.current = new Set();
    },
    onDragEnd: () => {
      mark(null);
      dragged.current = new Set();
    },
  };
}
