"use client";
import { useMemo } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import type { ProjectSection } from "../model/filter";
import { scopesOf } from "../model/scopes";
import { shift } from "../model/shift";
import { PRIORITY, turnsOf } from "../model/turns";
import { useOwnPicturesDialog } from "../own/own-pictures-context";
import { useBoard } from "./board-context";
import { type Command, toHotkeys } from "./commands";
import type { BoardActs, BoardDialog } from "./board-acts";
import { type MovedBoard, moveCommands } from "./move-commands";
import { useHotkeys } from "./use-hotkeys";
import type { Painting } from "./use-painting";

interface BoardKeys extends MovedBoard {
  /** All sections, whatever the filter shows. */
  allSections: readonly ProjectSection[];
  sentences: readonly Sentence[];
  painting: Painting;
  edit: (id: string) => void;
  toggleNav: () => void;
  toggleInspector: () => void;
  open: BoardActs["open"];
  stage: BoardActs["stage"];
  toggleLayout: () => void;
  search: () => void;
}

/** What can be done on the board, each with its keys, which are listened for. */
export function useBoardKeys(board: BoardKeys): Command[] {
  const { sentences, selection } = board;
  const chosen = useMemo(
    () => sentences.filter((one) => selection.chosen.has(one.id)),
    [sentences, selection.chosen],
  );
  const commands = [
    ...moveCommands(board),
    ...useWork(board, chosen),
    ...useArrangement(board, chosen),
    ...views(board),
  ];
  useHotkeys(toHotkeys(commands));
  return commands;
}

function useWork(
  { selection, sentences, painting, edit, open, order, stage }: BoardKeys,
  chosen: readonly Sentence[],
): Command[] {
  const { actions } = useBoard();
  const { choose } = useOwnPicturesDialog();
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
  const ownPicture = () => {
    if (selection.chosen.size === 0) return false;
    choose({ at: null, chosen: selection.chosen, order });
    return true;
  };
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
    {
      words: "contact sheet: shots in several styles",
      group: "Paint",
      keys: [],
      run: () => {
        if (sentences.length === 0) return false;
        stage({ kind: "sheet" });
        return true;
      },
    },
    { words: "edit the image prompt", group: "Decide", keys: ["e"], shown: ["E", "Enter"], run: editPrompt },
    { words: "own pictures, from files", group: "Decide", keys: ["o"], run: ownPicture },
    { words: "keep a picture as it is", group: "Decide", keys: ["p"], run: keep },
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

function useArrangement(
  { allSections, selection, sentences, open, dispatch, moveTo }: BoardKeys,
  chosen: readonly Sentence[],
): Command[] {
  const { shots, openCast } = useBoard();
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
    const some = chosen.length > 1 ? [...chosen] : withNext(sentences, chosen[0]);
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
    {
      words: "prompts in bulk: copy as a table, paste",
      group: "Arrange",
      keys: [],
      run: () => open("prompts"),
    },
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
    {
      words: "compare takes, side by side",
      group: "View",
      keys: ["t"],
      run: () => {
        const id = board.selection.current ?? board.order[0];
        if (id === undefined) return false;
        board.stage({ kind: "compare", id });
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
