import { createContext, useContext } from "react";
import type { Take } from "@/lib/schemas/take";

/** Where files were dropped, or what they are chosen for. */
export interface Target {
  /** A shot; null = the board itself. */
  at: string | null;
  chosen: ReadonlySet<string>;
  /** Ids of the shots that are shown, in order; all of the board's where left out. */
  order?: readonly string[];
}

/** Pictures of one's own, offered from anywhere on the board; stays the same object while the board is open. */
export interface OwnPictures {
  /** Shows files with the shots that they are for, before they are sent. */
  offer: (files: readonly File[], target: Target) => void;
  /** Lets files be chosen, then offers them. */
  choose: (target: Target) => void;
  /** Shows how an own picture is framed and whom it is from, to be changed. */
  change: (take: Take) => void;
}

export const OwnPicturesContext = createContext<OwnPictures>({
  offer: () => {},
  choose: () => {},
  change: () => {},
});

export const useOwnPicturesDialog = (): OwnPictures => useContext(OwnPicturesContext);
