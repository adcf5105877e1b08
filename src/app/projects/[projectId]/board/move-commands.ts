import type { ProjectSection } from "../model/filter";
import { type Direction, moveTo as placeAfter } from "../model/move";
import type { Modifiers, Selection } from "../model/selection";
import type { Command } from "./commands";
import type { useSelection } from "./use-selection";

/** What moving through a board needs of it. */
export interface MovedBoard {
  sections: readonly ProjectSection[];
  /** Ids of the shots that are shown, in order. */
  order: readonly string[];
  selection: Selection;
  /** Shots beside each other. */
  columns: number;
  isSheetOpen: boolean;
  moveTo: (id: string, how?: Modifiers) => void;
  dispatch: ReturnType<typeof useSelection>["dispatch"];
  closeSheet: () => void;
}

/** Ways through the board, and what is selected on them. */
export function moveCommands(board: MovedBoard): Command[] {
  const { order, selection } = board;
  const go = (direction: Direction, how: Modifiers = {}) => {
    const index = selection.current === null ? -1 : order.indexOf(selection.current);
    const sizes = board.sections.map((section) => section.sentences.length);
    const next = placeAfter(sizes, index < 0 ? null : index, direction, board.columns);
    const id = next === null ? undefined : order[next];
    if (id !== undefined) board.moveTo(id, how);
  };
  const arrow = (direction: Direction) => (event?: KeyboardEvent) => {
    // Elsewhere the arrows scroll.
    const target = event?.target instanceof Element ? event.target : null;
    if (target !== document.body && !target?.closest("[data-shot-grid]")) return false;
    go(direction, { range: event?.shiftKey === true });
    return true;
  };
  const none = () => {
    if (board.isSheetOpen) board.closeSheet();
    else if (selection.chosen.size > 0) board.dispatch({ type: "none" });
    else return false;
    return true;
  };
  const wholeSection = () => {
    const section = board.sections.find((one) => one.sentences.some(({ id }) => id === selection.current));
    if (!section) return false;
    board.dispatch({ type: "these", ids: section.sentences.map((one) => one.id) });
    return true;
  };
  const way = { group: "Move", isMove: true } as const;
  const range = { group: "Choose", isMove: true } as const;
  const ARROWS: [string, Direction][] = [
    ["ArrowLeft", "left"],
    ["ArrowRight", "right"],
    ["ArrowUp", "up"],
    ["ArrowDown", "down"],
  ];
  return [
    ...ARROWS.map(([key, direction], index) => ({
      ...way,
      words: index === 0 ? "from shot to shot" : "",
      keys: [key],
      ...(index === 0 && { shown: ["←", "→", "↑", "↓"] }),
      run: arrow(direction),
    })),
    { ...way, words: "next, previous", keys: ["j"], shown: ["J", "K"], run: () => go("right") },
    { ...way, words: "", keys: ["k"], run: () => go("left") },
    { ...way, words: "first, last", keys: ["Home"], shown: ["Home", "End"], run: arrow("first") },
    { ...way, words: "", keys: ["End"], run: arrow("last") },
    ...ARROWS.map(([key, direction], index) => ({
      ...range,
      words: index === 0 ? "a range" : "",
      keys: [`Shift+${key}`],
      ...(index === 0 && { shown: ["Shift", "←→↑↓"] }),
      run: arrow(direction),
    })),
    { ...range, words: "add or take away one", keys: [], shown: ["Ctrl", "Space"], run: () => false },
    {
      words: "select all that is shown",
      group: "Choose",
      keys: ["Mod+a"],
      run: () => board.dispatch({ type: "all", order }),
    },
    {
      words: "select the whole section",
      group: "Choose",
      keys: ["Mod+Shift+a"],
      shown: ["Ctrl", "Shift", "A"],
      run: wholeSection,
    },
    { ...range, words: "select nothing", keys: ["Escape"], run: none },
  ];
}
