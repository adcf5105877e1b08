"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import type { Foresight } from "@/lib/schemas/common";
import { styleUpdateInput, type StyleUpdate } from "@/lib/schemas/style";
import { toProblem, type Problem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { useDebounced } from "../_data/use-debounced";
import { foresightWords } from "../_library/foresight-words";
import { OnlyNew } from "../_library/only-new";

/** ms without a key before what a change does is asked for. */
const PAUSE = 250;

/**
 * What saving a style's changes does to pictures, as a sentence; the last one stays, dimmed, while it is asked for.
 * @param change null where there is nothing that could be saved
 */
export function useForesight(change: StyleUpdate | null): {
  words: ReactNode;
  /** The offer to leave the pictures as they are. */
  offer: ReactNode;
  /** Whether that was taken; it is asked anew for each change that is saved. */
  keepPictures: boolean;
  forget: () => void;
  problem: Problem | null;
} {
  const [isOnlyNew, setIsOnlyNew] = useState(false);
  const trpc = useTRPC();
  const now = JSON.stringify(change);
  const settled = useDebounced(now, PAUSE);
  const asked = useMemo(() => styleUpdateInput.safeParse(JSON.parse(settled)).data, [settled]);
  const isSettled = settled === now;
  const foresight = useQuery({
    ...trpc.style.foresee.queryOptions(asked ?? { styleId: "none" }),
    enabled: change !== null && asked !== undefined,
    placeholderData: keepPreviousData,
    // What was true of these words a moment ago may not be any more: shots were painted, or something else was saved.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const forget = () => setIsOnlyNew(false);
  if (change === null) return { words: null, offer: null, keepPictures: false, forget, problem: null };
  const data: Foresight | undefined = foresight.data;
  return {
    offer: <OnlyNew foresight={data} checked={isOnlyNew} onChange={setIsOnlyNew} />,
    keepPictures: isOnlyNew && (data?.shots ?? 0) > 0,
    forget,
    words: foresight.data && (
      <span className={!isSettled || foresight.isFetching ? "opacity-60" : undefined}>
        {foresightWords(foresight.data, isOnlyNew)}
      </span>
    ),
    problem: isSettled && foresight.error ? toProblem(foresight.error) : null,
  };
}
