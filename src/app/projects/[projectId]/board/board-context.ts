import { createContext, useContext } from "react";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";
import type { Actions } from "../live/use-actions";
import type { Drafts } from "../live/drafts";
import type { UndoStack } from "../live/undo";
import type { LookActions } from "../live/use-looks";
import type { OrderActions } from "../live/use-order";
import type { SectionActions } from "../live/use-sections";
import type { ProjectCache } from "../live/project-cache";

/** What the parts of a board share; all of it stays the same objects while the board is open. */
export interface BoardShared {
  projectId: string;
  cache: ProjectCache;
  actions: Actions;
  looks: LookActions;
  /** Which shots there are and where they stand. */
  shots: OrderActions;
  sections: SectionActions;
  /** What was done here and can be taken back. */
  undo: UndoStack;
  drafts: Drafts;
  models: readonly Model[];
  styles: readonly Style[];
  cast: readonly Character[];
  /** Shows who is in the project, and lets change it. */
  openCast: () => void;
}

export const BoardContext = createContext<BoardShared | null>(null);

export function useBoard(): BoardShared {
  const board = useContext(BoardContext);
  if (!board) throw new Error("useBoard is for components inside a board.");
  return board;
}
