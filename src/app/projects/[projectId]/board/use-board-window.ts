"use client";
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import {
  type BoardLayout,
  edgesOf,
  layoutBoard,
  MEASURES,
  rowsBetween,
  sectionAt,
} from "../model/board-layout";

/** px of the board's margins, left and right together. */
const MARGINS = 32;
/** px of scrolling after which other rows are drawn. */
const STEP = 400;
/** px above and below the view that are drawn too. */
const AHEAD = 600;
/** Shots that are drawn before the board has been measured. */
const AT_FIRST = 48;

/** Rows of a section that are drawn, from `first` up to before `end`. */
export interface Rows {
  first: number;
  end: number;
}

export interface BoardWindow {
  layout: BoardLayout | null;
  /** For each section; before the board is measured, how many of its shots are drawn. */
  rows: (index: number) => Rows | number;
  /** Scrolls as little as needed to bring a shot into view. */
  reveal: (index: number) => void;
}

interface Frame {
  width: number;
  top: number;
  bottom: number;
}

/** Which part of the board is drawn: the rows near the view. Everything has its place from the start. */
export function useBoardWindow(
  scroller: RefObject<HTMLElement | null>,
  sizes: readonly number[],
  card: number | null,
  shape: number,
): BoardWindow {
  const [frame, setFrame] = useState<Frame | null>(null);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const { scrollTop, clientHeight, clientWidth } = element;
      const next: Frame = {
        width: clientWidth - MARGINS,
        top: Math.floor(scrollTop / STEP) * STEP - AHEAD,
        bottom: Math.ceil((scrollTop + clientHeight) / STEP) * STEP + AHEAD,
      };
      setFrame((known) =>
        known && known.width === next.width && known.top === next.top && known.bottom === next.bottom
          ? known
          : next,
      );
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

  const width = frame?.width ?? null;
  const layout = useMemo(
    () => (width === null ? null : layoutBoard(sizes, { width, card, shape })),
    [sizes, width, card, shape],
  );
  const rows = useCallback(
    (index: number): Rows | number => {
      if (layout && frame) return rowsBetween(layout, layout.sections[index]!, frame.top, frame.bottom);
      const before = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
      return Math.max(0, AT_FIRST - before);
    },
    [layout, frame, sizes],
  );
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element || !layout || index < 0) return;
      const { top, bottom } = edgesOf(layout, sizes, index);
      const upper = top - MEASURES.heading - layout.above - layout.head;
      if (element.scrollTop > upper) element.scrollTo({ top: upper });
      else if (element.scrollTop + element.clientHeight < bottom + MEASURES.below)
        element.scrollTo({ top: bottom + MEASURES.below - element.clientHeight });
    },
    [scroller, layout, sizes],
  );
  return { layout, rows, reveal };
}

/** px below the upper edge at which a section counts as the one in view. */
const LINE = 80;

/** The index of the section in view. */
export function useActiveSection(
  scroller: RefObject<HTMLElement | null>,
  layout: BoardLayout | null,
): number {
  const [active, setActive] = useState(0);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !layout) return;
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = element;
      const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
      setActive(isAtEnd ? layout.sections.length - 1 : sectionAt(layout, scrollTop + layout.head + LINE));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller, layout]);
  return active;
}
