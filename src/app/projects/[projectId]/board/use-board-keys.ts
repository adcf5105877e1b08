"use client";
import type { ActionDispatch } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import type { ProjectSection } from "../model/filter";
import { type Direction, moveTo as placeAfter } from "../model/move";
import { scopesOf } from "../model/scopes";
import { PRIORITY, turnsOf } from "../model/turns";
import type { Modifiers, Selection } from "../model/selection";
import { useBoard } from "./board-context";
import { useHotkeys } from "./use-hotkeys";
import type { Painting } from "./use-painting";
import type { useSelection } from "./use-selection";

interface BoardKeys {
  sections: readonly ProjectSection[];
  /** Ids of the shots that are shown, in order. */
  order: readonly string[];
  selection: Selection;
  sentences: readonly Sentence[];
  /** Shots beside each other. */
  columns: number;
  painting: Painting;
  isSheetOpen: boolean;
  moveTo: (id: string, how?: Modifiers) => void;
  dispatch: ReturnType<typeof useSelection>["dispatch"] extends ActionDispatch<infer A>
    ? ActionDispatch<A>
    : never;
  edit: (id: string) => void;
  closeSheet: () => void;
  toggleNav: () => void;
  toggleInspector: () => void;
  showKeys: () => void;
  download: () => void;
  toggleLayout: () => void;
  search: () => void;
}

/** The board by keyboard. */
export function useBoardKeys(board: BoardKeys): void {
  const { actions, openCast } = useBoard();
  const { order, selection, sentences, painting } = board;
  const chosen = sentences.filter((one) => selection.chosen.has(one.id));

  const go = (direction: Direction, how: Modifiers = {}) => {
    const index = selection.current === null ? -1 : order.indexOf(selection.current);
    const sizes = board.sections.map((section) => section.sentences.length);
    const next = placeAfter(sizes, index < 0 ? null : index, direction, board.columns);
    const id = next === null ? undefined : order[next];
    if (id !== undefined) board.moveTo(id, how);
  };
  const arrow = (direction: Direction) => (event: KeyboardEvent) => {
    // Elsewhere the arrows scroll.
    const target = event.target instanceof Element ? event.target : null;
    if (target !== document.body && !target?.closest("[data-shot-grid]")) return false;
    go(direction, { range: event.shiftKey });
    return true;
  };
  const lock = () => {
    if (chosen.length === 0) return false;
    const isLocked = chosen.every((one) => one.isLocked);
    void actions.update(chosen.map((one) => ({ sentenceId: one.id, isLocked: !isLocked })));
    return true;
  };
  const none = () => {
    if (board.isSheetOpen) board.closeSheet();
    else if (selection.chosen.size > 0) board.dispatch({ type: "none" });
    else return false;
    return true;
  };

  useHotkeys({
    ArrowLeft: arrow("left"),
    ArrowRight: arrow("right"),
    ArrowUp: arrow("up"),
    ArrowDown: arrow("down"),
    "Shift+ArrowLeft": arrow("left"),
    "Shift+ArrowRight": arrow("right"),
    "Shift+ArrowUp": arrow("up"),
    "Shift+ArrowDown": arrow("down"),
    Home: arrow("first"),
    End: arrow("last"),
    j: () => go("right"),
    k: () => go("left"),
    e: () => {
      if (selection.current === null) return false;
      board.edit(selection.current);
      return true;
    },
    "Mod+a": () => board.dispatch({ type: "all", order }),
    Escape: none,
    g: () => document.querySelector<HTMLButtonElement>("[data-testid=generate]")?.click(),
    r: () => painting.paint(scopesOf(chosen).all, true),
    "Shift+r": () => {
      if (
        selection.chosen.size !== 1 ||
        selection.current === null ||
        chosen[0]?.status === "generating" ||
        chosen[0]?.isLocked
      )
        return false;
      painting.paintWithNewSeed(selection.current);
      return true;
    },
    l: lock,
    d: board.download,
    c: openCast,
    p: () => {
      const { keepable } = scopesOf(chosen);
      if (keepable.length === 0) return false;
      void actions.keep(keepable);
      return true;
    },
    n: () => {
      const { next } = turnsOf(chosen);
      if (next.length === 0) return false;
      void actions.prioritize(next, PRIORITY.next);
      return true;
    },
    "[": board.toggleNav,
    "]": board.toggleInspector,
    "?": board.showKeys,
    v: board.toggleLayout,
    "/": board.search,
    "Mod+f": board.search,
  });
}
