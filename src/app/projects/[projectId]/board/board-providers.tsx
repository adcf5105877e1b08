"use client";
import { type ReactNode, useMemo } from "react";
import { searchedWords } from "../model/fold";
import { type BoardActs, BoardActsContext } from "./board-acts";
import { SearchedWords } from "./marked";
import { ProjectChoicesContext } from "./project-choices";

interface BoardProvidersProps {
  modelId: string | null;
  styleId: string | null;
  /** What is searched for. */
  searched: string;
  acts: BoardActs;
  children: ReactNode;
}

/** What every shot needs to know of the board, told again only when it changes. */
export function BoardProviders({ modelId, styleId, searched, acts, children }: BoardProvidersProps) {
  const choices = useMemo(() => ({ modelId, styleId }), [modelId, styleId]);
  const words = useMemo(() => searchedWords(searched), [searched]);
  return (
    <ProjectChoicesContext value={choices}>
      <SearchedWords value={words}>
        <BoardActsContext value={acts}>{children}</BoardActsContext>
      </SearchedWords>
    </ProjectChoicesContext>
  );
}
