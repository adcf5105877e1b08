"use client";
import { type DragEvent, useEffect, useRef } from "react";
import { useOwnPicturesDialog } from "../own/own-pictures-context";

/** Whether something of this page is dragged: browsers tell of a page's own pictures as of files. */
let isFromHere = false;
const isFile = (transfer: DataTransfer | null) => !isFromHere && (transfer?.types.includes("Files") ?? false);
const shotAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-shot-id]") : null;

/** Files that are dragged over the board from elsewhere; the shot that they would go to is told by `data-drop`. */
export function usePictureDrop(chosen: ReadonlySet<string>, order: () => readonly string[]) {
  const { offer } = useOwnPicturesDialog();
  const marked = useRef<HTMLElement | null>(null);
  const mark = (element: HTMLElement | null) => {
    if (marked.current !== element) delete marked.current?.dataset["drop"];
    marked.current = element;
    if (element) element.dataset["drop"] = "on";
  };
  useEffect(() => {
    const start = () => void (isFromHere = true);
    const end = () => void (isFromHere = false);
    // A file that is dropped beside would be opened instead of the board.
    const guard = (event: globalThis.DragEvent) => {
      if (event.defaultPrevented || !isFile(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = "none";
    };
    const heard = [
      ["dragstart", start],
      ["dragend", end],
      // Of what was taken off the page while it was dragged, no end is told.
      ["pointerdown", end],
      ["dragover", guard],
      ["drop", guard],
    ] as const;
    for (const [name, listener] of heard) addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of heard) removeEventListener(name, listener as EventListener);
    };
  }, []);
  return {
    onDragOver: (event: DragEvent) => {
      if (!isFile(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      mark(shotAt(event.target));
    },
    onDragLeave: (event: DragEvent) => {
      const isInside =
        event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
      if (!isInside) mark(null);
    },
    onDrop: (event: DragEvent) => {
      if (!isFile(event.dataTransfer)) return;
      event.preventDefault();
      mark(null);
      const at = shotAt(event.target)?.dataset["shotId"] ?? null;
      offer([...event.dataTransfer.files], { at, chosen, order: order() });
    },
  };
}
