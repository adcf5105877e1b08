"use client";
import { useState } from "react";
import { ALL_SHOTS, type Kind } from "../model/filter";
import { useBoard } from "./board-context";
import { focusShot } from "./focus";
import type { BoardWindow } from "./use-board-window";
import { useReveal } from "./use-reveal";
import type { useShownShots } from "./use-shown-shots";

/** Ways to shots that may be out of view, or hidden by a filter. */
export function useWays(
  { filter, setFilter, dispatch, order }: ReturnType<typeof useShownShots>,
  boardWindow: BoardWindow,
  first: string | undefined,
) {
  const { actions } = useBoard();
  const [goal, setGoal] = useState(() => (first === undefined ? null : { id: first }));
  useReveal(goal, order, boardWindow);
  /** Selects shots and shows them, with all others or those of one kind. */
  const show = (ids: string[], kind: Kind | null) => {
    setFilter(kind === null ? ALL_SHOTS : { ...ALL_SHOTS, kinds: [kind] });
    dispatch({ type: "these", ids });
    setGoal(ids[0] === undefined ? null : { id: ids[0] });
  };
  return {
    showFailed: (ids: string[]) => show(ids, "failed"),
    showAll: (ids: string[]) => show(ids, null),
    /** Brings a shot into view. */
    reveal: (id: string) => setGoal({ id }),
    /** To one shot, with the keyboard, whatever the filter shows. */
    goTo: (id: string) => {
      if (!order.includes(id)) setFilter(ALL_SHOTS);
      dispatch({ type: "these", ids: [id] });
      setGoal({ id });
      focusShot(id);
    },
    retry: (sentenceIds: string[]) => {
      // They leave what the filter shows.
      if (filter.kinds.includes("failed")) setFilter(ALL_SHOTS);
      void actions.generate({ sentenceIds, isRetry: true });
    },
  };
}
