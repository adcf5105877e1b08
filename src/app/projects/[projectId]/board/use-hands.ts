"use client";
import type { Modifiers, Selection } from "../model/selection";
import type { InspectorTab } from "../inspector/shot-inspector";
import { focusPrompt, focusShot } from "./focus";
import type { ShotAct } from "./shot-grid";
import type { BoardWindow } from "./use-board-window";
import type { Painting } from "./use-painting";
import type { useSelection } from "./use-selection";

interface Hands {
  selection: Selection;
  dispatch: ReturnType<typeof useSelection>["dispatch"];
  /** Ids of the shots that are shown, in order. */
  order: readonly string[];
  boardWindow: BoardWindow;
  painting: Painting;
  openInspector: (part?: InspectorTab) => void;
  /** A single shot was chosen. */
  onChosen: () => void;
}

/** What clicks and keys do to shots. */
export function useHands(hands: Hands) {
  const { selection, dispatch, order, boardWindow, painting, openInspector, onChosen } = hands;
  const only = (id: string) => dispatch({ type: "choose", id, how: {}, order });
  return {
    choose: (id: string, how: Modifiers = {}) => {
      dispatch({ type: "choose", id, how, order });
      if (!how.toggle && !how.range) onChosen();
    },
    moveTo: (id: string, how: Modifiers = {}) => {
      dispatch({ type: "choose", id, how, order });
      boardWindow.reveal(order.indexOf(id));
      focusShot(id);
    },
    edit: (id: string) => {
      if (selection.chosen.size !== 1 || !selection.chosen.has(id)) only(id);
      openInspector("shot");
      focusPrompt();
    },
    act: (what: ShotAct, id: string) => {
      if (what !== "show") return painting.paint([id], what === "retry");
      only(id);
      openInspector();
    },
  };
}
