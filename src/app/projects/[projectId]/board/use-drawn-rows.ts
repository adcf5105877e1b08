"use client";
import { type RefObject, startTransition, useEffect, useRef, useState } from "react";
import { aheadOf, type BoardLayout, rowsBetween } from "../model/board-layout";

/** px of scrolling after which other rows are drawn. */
const STEP = 400;
/** Shots that are drawn before the board has been measured: on the server, and by the browser at first. */
const AT_FIRST = 48;

/** Rows of a section that are drawn, from `first` up to before `end`. */
export interface Rows {
  first: number;
  end: number;
}

/** Where the view is, in steps of scrolling. */
interface Frame {
  top: number;
  bottom: number;
}

/**
 * Which rows of each section are drawn: those near the view. Everything has its place from the start.
 * @returns a function of the section's index; before the board is measured null, and as many shots of it as `first`
 */
export function useDrawnRows(
  scroller: RefObject<HTMLElement | null>,
  layout: BoardLayout | null,
): ((index: number) => Rows) | null {
  const [frame, setFrame] = useState<Frame | null>(null);
  /** What is drawn now. */
  const drawn = useRef<Frame | null>(null);
  const ahead = layout && frame ? aheadOf(layout, frame.bottom - frame.top) : 0;
  useEffect(() => {
    drawn.current = frame && { top: frame.top - ahead, bottom: frame.bottom + ahead };
  }, [frame, ahead]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const { scrollTop, clientHeight } = element;
      const top = Math.floor(scrollTop / STEP) * STEP;
      const bottom = Math.ceil((scrollTop + clientHeight) / STEP) * STEP;
      const go = () =>
        setFrame((known) =>
          known && known.top === top && known.bottom === bottom ? known : { top, bottom },
        );
      const isDrawn =
        drawn.current !== null &&
        scrollTop >= drawn.current.top &&
        scrollTop + clientHeight <= drawn.current.bottom;
      // What is not in view yet is drawn between the frames, and never holds one up.
      if (isDrawn) startTransition(go);
      else go();
    };
    // An observer calls back as soon as it observes.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller]);
  if (!layout || !frame) return null;
  return (index) => rowsBetween(layout, layout.sections[index]!, frame.top - ahead, frame.bottom + ahead);
}

/** The shots of each section that are drawn before the board is measured. */
export function firstShots(sizes: readonly number[]): Rows[] {
  let left = AT_FIRST;
  return sizes.map((size) => {
    const end = Math.min(left, size);
    left -= end;
    return { first: 0, end };
  });
}
