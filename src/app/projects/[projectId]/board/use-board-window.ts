"use client";
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { type BoardLayout, edgesOf, layoutBoard, MEASURES, sectionAt } from "../model/board-layout";

/** px of the board's margins, left and right together. */
const MARGINS = 32;
export interface BoardWindow {
  /** Where everything is; null before the board is measured. */
  layout: BoardLayout | null;
  /** Scrolls as little as needed to bring a shot into view. */
  reveal: (index: number) => void;
}

/** Where everything on the board is, from its width. It changes with what is shown, never with scrolling. */
export function useBoardWindow(
  scroller: RefObject<HTMLElement | null>,
  sizes: readonly number[],
  card: number | null,
  shape: number,
): BoardWindow {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // An observer calls back as soon as it observes.
    const observer = new ResizeObserver(() => setWidth(element.clientWidth - MARGINS));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const layout = useMemo(
    () => (width === null ? null : layoutBoard(sizes, { width, card, shape })),
    [sizes, width, card, shape],
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
  return useMemo(() => ({ layout, reveal }), [layout, reveal]);
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
