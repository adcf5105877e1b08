"use client";
import { type RefObject, useEffect } from "react";

/** Keeps what is read in `scroller` where it is on the screen while something above it grows, shrinks or goes. */
export function useKeptScroll(
  above: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = above.current;
    if (!element) return;
    let height = element.offsetHeight;
    const observer = new ResizeObserver(() => {
      const by = element.offsetHeight - height;
      height += by;
      if (by !== 0) scroller.current?.scrollBy({ top: by, behavior: "instant" });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [above, scroller]);
}
