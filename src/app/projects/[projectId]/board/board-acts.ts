import { createContext, useContext, useMemo } from "react";
import type { OpenStage } from "../stage/stages";

/** The dialogs of the board; one at a time. */
export type BoardDialog =
  | "add"
  | "divide"
  | "section"
  | "script"
  | "prompts"
  | "shelf"
  | "download"
  | "keys"
  | "palette";

/** What the parts of a board can ask of it; stays the same object while the board is open. */
export interface BoardActs {
  /** Opens a dialog, about the selected shots. */
  open: (dialog: BoardDialog) => void;
  /** Opens what stands over the board. */
  stage: (stage: OpenStage) => void;
  /** Selects these shots and no others. */
  choose: (sentenceIds: readonly string[]) => void;
}

export const BoardActsContext = createContext<BoardActs>({
  open: () => {},
  stage: () => {},
  choose: () => {},
});

/** The acts of one board. */
export const useActs = (
  open: BoardActs["open"],
  stage: BoardActs["stage"],
  dispatch: (step: { type: "these"; ids: readonly string[] }) => void,
): BoardActs =>
  useMemo(
    () => ({ open, stage, choose: (ids) => dispatch({ type: "these", ids }) }),
    [open, stage, dispatch],
  );

export const useBoardActs = (): BoardActs => useContext(BoardActsContext);
