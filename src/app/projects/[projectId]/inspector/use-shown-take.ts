"use client";
import { useQuery } from "@tanstack/react-query";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Take } from "@/lib/schemas/take";
import { useTRPC } from "../../../_data/trpc";

/** The take that a shot shows, and what its job had to say. */
export function useShownTake(sentence: Sentence): { take: Take | null; notes: readonly string[] } {
  const trpc = useTRPC();
  const takes = useQuery(trpc.take.list.queryOptions({ sentenceId: sentence.id }));
  const take = takes.data?.items.find((one) => one.id === sentence.selectedTakeId) ?? null;
  const job = useQuery({
    ...trpc.job.get.queryOptions({ jobId: take?.jobId ?? "" }),
    enabled: take?.jobId != null,
    staleTime: Infinity,
  });
  return { take, notes: job.data?.notes ?? [] };
}
