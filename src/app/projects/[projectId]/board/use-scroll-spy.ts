"use client";
import { type RefObject, useEffect, useState } from "react";

/** px below the upper edge at which a section counts as the one in view. */
const LINE = 80;

/** The section in view of a scrolling board. */
export function useScrollSpy(scroller: RefObject<HTMLElement | null>, sectionIds: readonly string[]): string | null {
  const [active, setActive] = useState<string | null>(sectionIds[0] ?? null);
  const key = sectionIds.join(" ");
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const edge = element.getBoundingClientRect().top + LINE;
      let found: string | null = null;
      for (const section of element.querySelectorAll<HTMLElement>("[data-section-id]")) {
        if (found !== null && section.getBoundingClientRect().top > edge) break;
        found = section.dataset["sectionId"] ?? null;
      }
      const isAtEnd = element.scrollHeight > element.clientHeight && element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
      setActive(isAtEnd && key !== "" ? (key.split(" ").at(-1) ?? found) : found);
    };
    const listen = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    element.addEventListener("scroll", listen, { passive: true });
    return () => {
      element.removeEventListener("scroll", listen);
      cancelAnimationFrame(frame);
    };
  }, [scroller, key]);
  return active;
}
