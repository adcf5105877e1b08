"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_data/trpc";
import { useDebounced } from "../../../_data/use-debounced";
import type { Scope } from "../model/scopes";
import { type ForesightWords, foresightWords } from "../model/run-foresight";
import { useBoard } from "./board-context";

/** A board that is being worked on is not asked about at each key. */
const STILL_MS = 300;

/** What asking for these pictures would mean; null until it is known, and where there is nothing to ask for. */
export function useForesight(scope: Scope | null, takes: number): ForesightWords | null {
  const { projectId } = useBoard();
  const trpc = useTRPC();
  const still = useDebounced(scope, STILL_MS);
  const ids = still?.sentenceIds;
  const isAsked = still !== null && ids !== undefined && ids.length > 0;
  const { data, dataUpdatedAt } = useQuery({
    ...trpc.image.foresee.queryOptions({
      projectId,
      sentenceIds: ids ?? [],
      ...((still?.force || still?.isRetry) && { force: true }),
      ...(takes > 1 && !still?.isRetry && { takes }),
    }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    // What else is in line changes it all the time.
    gcTime: 60_000,
    staleTime: 10_000,
    refetchInterval: 60_000,
    retry: false,
  });
  return isAsked && data ? foresightWords(data, still.leftOut, dataUpdatedAt) : null;
}
