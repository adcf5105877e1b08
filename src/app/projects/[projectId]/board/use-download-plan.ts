"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { DownloadInput } from "@/lib/schemas/download";
import type { Sentence } from "@/lib/schemas/sentence";
import { useTRPC } from "../../../_data/trpc";
import { useDebounced } from "../../../_data/use-debounced";

/** ms that the board has to stand still before it is asked again. */
const STILL = 1_000;

/** What a download would hold, asked again when the board's pictures change meanwhile. */
export function useDownloadPlan(input: DownloadInput, sentences: readonly Sentence[]) {
  const trpc = useTRPC();
  const plan = useQuery({
    ...trpc.download.plan.queryOptions(input),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const { refetch } = plan;
  const state = useDebounced(
    sentences.map((one) => `${one.selectedTakeId} ${one.isImageDirty} ${one.status}`).join(),
    STILL,
  );
  const asked = useRef(state);
  useEffect(() => {
    if (asked.current === state) return;
    asked.current = state;
    void refetch();
  }, [state, refetch]);
  return plan;
}
