"use client";
import { useEffect, useRef } from "react";
import type { BoardWindow } from "./use-board-window";

/** Brings a shot into view, once for each time it is asked for, as soon as the board is laid out with it. */
export function useReveal(
  goal: { id: string } | null,
  order: readonly string[],
  { layout, reveal }: Pick<BoardWindow, "layout" | "reveal">,
): void {
  const reached = useRef<{ id: string } | null>(null);
  useEffect(() => {
    if (goal === null || goal === reached.current || layout === null) return;
    const index = order.indexOf(goal.id);
    if (index < 0) return;
    reached.current = goal;
    reveal(index);
  }, [goal, order, layout, reveal]);
}
