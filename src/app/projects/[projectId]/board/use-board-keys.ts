"use client";
import type { Sentence } from "@/lib/schemas/sentence";
import type { ProjectSection } from "../model/filter";
import { type Direction, moveTo as placeAfter } from "../model/move";
import { scopesOf } from "../model/scopes";
import { shift } from "../model/shift";
import { PRIORITY, turnsOf } from "../model/turns";
import type { Modifiers, Selection } from "../model/selection";
import { useBoard } from "./board-context";
import { type Command, toHotkeys } from "./commands";
import type { BoardActs, BoardDialog } from "./board-acts";
import { useHotkeys } from "./use-hotkeys";
import type { Painting } from "./use-painting";
import type { useSelection } from "./use-selection";

interface BoardKeys {
  /** All sections, whatever the filter shows. */
  allSections: readonly ProjectSection[];
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
  dispatch: ReturnType<typeof useSelection>["dispatch"];
  edit: (id: string) => void;
  closeSheet: () => void;
  toggleNav: () => void;
  toggleInspector: () => void;
  open: BoardActs["open"];
  stage: BoardActs["stage"];
  toggleLayout: () => void;
  search: () => void;
}

/** What can be done on the board, each with its keys, which are listened for. */
export function useBoardKeys(board: BoardKeys): Command[] {
  const commands = [...moves(board), ...useWork(board), ...useArrangement(board), ...views(board)];
  useHotkeys(toHotkeys(commands));
  return commands;
}

function moves(board: BoardKeys): Command[] {
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

function useWork({ selection, sentences, painting, edit, open }: BoardKeys): Command[] {
  const { actions } = useBoard();
  const chosen = sentences.filter((one) => selection.chosen.has(one.id));
  const only = chosen.length === 1 ? chosen[0]! : null;
  const withNewSeed = () => {
    if (!only || only.status === "generating" || only.isLocked) return false;
    painting.paintWithNewSeed(only.id);
    return true;
  };
  const toggle = (field: "isLocked" | "isFlagged") => () => {
    if (chosen.length === 0) return false;
    const isSet = chosen.every((one) => one[field]);
    void actions.update(chosen.map((one) => ({ sentenceId: one.id, [field]: !isSet })));
    return true;
  };
  const keep = () => {
    const { keepable } = scopesOf(chosen);
    if (keepable.length === 0) return false;
    void actions.keep(keepable);
    return true;
  };
  const paintNext = () => {
    const { next } = turnsOf(chosen);
    if (next.length === 0) return false;
    void actions.prioritize(next, PRIORITY.next);
    return true;
  };
  const editPrompt = () => {
    if (selection.current === null) return false;
    edit(selection.current);
    return true;
  };
  const press = () => document.querySelector<HTMLButtonElement>("[data-testid=generate]")?.click();
  return [
    { words: "generate the selection, or what is missing", group: "Paint", keys: ["g"], run: press },
    {
      words: "paint again",
      group: "Paint",
      keys: ["r"],
      run: () => painting.paint(scopesOf(chosen).all, true),
    },
    { words: "paint again with a new seed", group: "Paint", keys: ["Shift+r"], run: withNewSeed },
    { words: "paint waiting shots next", group: "Paint", keys: ["n"], run: paintNext },
    { words: "edit the image prompt", group: "Decide", keys: ["e"], shown: ["E", "Enter"], run: editPrompt },
    { words: "keep a changed picture as it is", group: "Decide", keys: ["p"], run: keep },
    { words: "lock, unlock", group: "Decide", keys: ["l"], run: toggle("isLocked") },
    { words: "flag, take the flag away", group: "Decide", keys: ["f"], run: toggle("isFlagged") },
    {
      words: "download pictures",
      group: "Decide",
      keys: ["d"],
      run: () => sentences.length > 0 && open("download"),
    },
    {
      words: "save, in a field",
      group: "Decide",
      keys: [],
      shown: ["Ctrl", "Enter"],
      isMove: true,
      run: () => false,
    },
  ];
}

function useArrangement({ allSections, selection, sentences, open, dispatch, moveTo }: BoardKeys): Command[] {
  const { shots, openCast } = useBoard();
  const chosen = sentences.filter((one) => selection.chosen.has(one.id));
  const move = (by: -1 | 1) => () => {
    const moved = shift(allSections, selection.chosen, by);
    if (moved.length > 0) void shots.move(moved);
    return moved.length > 0;
  };
  const shelve = () => {
    if (chosen.length === 0) return false;
    void shots.shelve(chosen.map((one) => one.id));
    return true;
  };
  const dialog =
    (name: BoardDialog, least: number, most = Infinity) =>
    () => {
      if (chosen.length < least || chosen.length > most) return false;
      open(name);
      return true;
    };
  const join = () => {
    const some = chosen.length > 1 ? chosen : withNext(sentences, chosen[0]);
    if (some.length < 2) return false;
    void shots.merge(some).then((isDone) => {
      if (isDone) dispatch({ type: "these", ids: [some[0]!.id] });
      if (isDone) moveTo(some[0]!.id);
    });
    return true;
  };
  return [
    {
      words: "move back one place",
      group: "Arrange",
      keys: ["Alt+ArrowLeft", "Alt+ArrowUp"],
      shown: ["Alt", "←"],
      run: move(-1),
    },
    {
      words: "move on one place",
      group: "Arrange",
      keys: ["Alt+ArrowRight", "Alt+ArrowDown"],
      shown: ["Alt", "→"],
      run: move(1),
    },
    { words: "move to a section", group: "Arrange", keys: ["m"], run: dialog("section", 1) },
    { words: "new shot behind this one", group: "Arrange", keys: ["i"], run: dialog("add", 0) },
    { words: "divide the sentence", group: "Arrange", keys: ["s"], run: dialog("divide", 1, 1) },
    { words: "join with the next, or the selected ones", group: "Arrange", keys: ["Shift+s"], run: join },
    {
      words: "take off the board, to the shelf",
      group: "Arrange",
      keys: ["Delete", "Backspace"],
      run: shelve,
    },
    { words: "undo", group: "Arrange", keys: ["Mod+z"], run: () => void shots.undo() },
    {
      words: "do again",
      group: "Arrange",
      keys: ["Mod+Shift+z", "Mod+y"],
      shown: ["Ctrl", "Shift", "Z"],
      run: () => void shots.redo(),
    },
    { words: "the cast", group: "Arrange", keys: ["c"], run: openCast },
    { words: "the whole script", group: "Arrange", keys: [], run: () => open("script") },
    { words: "the shelf", group: "Arrange", keys: [], run: () => open("shelf") },
  ];
}

/** A shot and the next one of its section. */
function withNext(sentences: readonly Sentence[], one: Sentence | undefined): Sentence[] {
  if (!one) return [];
  const next = sentences[sentences.indexOf(one) + 1];
  return next?.sectionId === one.sectionId ? [one, next] : [one];
}

function views(board: BoardKeys): Command[] {
  return [
    {
      words: "the shot on the whole screen",
      group: "View",
      keys: [" "],
      run: () => {
        const id = board.selection.current ?? board.order[0];
        if (id === undefined) return false;
        board.stage({ kind: "shot", id });
        return true;
      },
    },
    {
      words: "review shot by shot",
      group: "View",
      keys: ["x"],
      run: () => {
        if (board.sentences.length === 0) return false;
        board.stage({ kind: "review" });
        return true;
      },
    },
    { words: "pictures or table", group: "View", keys: ["v"], run: board.toggleLayout },
    { words: "search the shots", group: "View", keys: ["/", "Mod+f"], run: board.search },
    { words: "section list", group: "View", keys: ["["], run: board.toggleNav },
    { words: "inspector", group: "View", keys: ["]"], run: board.toggleInspector },
    { words: "find anything to do", group: "View", keys: ["Mod+k"], run: () => board.open("palette") },
    { words: "all keys", group: "View", keys: ["?"], run: () => board.open("keys") },
  ];
}
