"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Take } from "@/lib/schemas/take";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { grouped } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import type { UndoStep } from "../live/undo";
import { changedSince } from "../live/undo-update";

export interface Takes {
  /** Newest first. */
  items: readonly Take[];
  isLoading: boolean;
  /** The take that is being made the shot's picture. */
  choosing: string | null;
  /** Makes a take the shot's picture; answers whether it is. */
  select: (take: Take) => Promise<boolean>;
  /** The same by its number: the first one made is 1. */
  selectNumber: (number: number) => void;
  remove: (take: Take) => Promise<boolean>;
  copySeed: (seed: number) => Promise<void>;
}

/** A shot's takes and what can be done with them; choosing and deleting can be undone. Each failure is told. */
export function useTakes(sentenceId: string): Takes {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const tellProblem = useTellProblem();
  const toast = useToast();
  const { cache, shots, undo } = useBoard();
  const [choosing, setChoosing] = useState<string | null>(null);
  const options = trpc.take.list.queryOptions({ sentenceId });
  const takes = useQuery(options);
  const refetch = () => queryClient.invalidateQueries({ queryKey: options.queryKey });

  const show = async (takeId: string) => {
    try {
      await client.take.select.mutate({ takeId });
    } finally {
      void refetch();
    }
  };
  /** Only while the shot shows what it would be taken back from. */
  const showAgain = async (takeId: string, now: string) => {
    // As the server has it: an event may still be on its way here.
    const { selectedTakeId } = await client.sentence.get.query({ sentenceId });
    if (selectedTakeId !== now) throw changedSince();
    await show(takeId);
  };
  const select = async (take: Take) => {
    const before = cache.sentence(sentenceId)?.selectedTakeId ?? null;
    if (before === take.id) return true;
    setChoosing(take.id);
    try {
      if (before === null) await show(take.id);
      else await undo.run(choice(before, take.id));
      return true;
    } catch (error) {
      tellProblem(error);
      return false;
    } finally {
      setChoosing(null);
    }
  };
  const choice = (before: string, now: string): UndoStep => {
    let isDone = false;
    return {
      label: "choice of a take",
      undo: () => showAgain(before, now),
      redo: async () => {
        await (isDone ? showAgain(now, before) : show(now));
        isDone = true;
      },
    };
  };
  const selectNumber = async (number: number) => {
    const { items } = await queryClient.ensureQueryData(options);
    const take = items.at(-number);
    if (take) await select(take);
  };
  const remove = ({ id: takeId }: Take) => {
    let insteadOf: string | null | undefined;
    return shots.run({
      label: "take deleted",
      redo: async () => {
        try {
          const { wasSelected, selectedTakeId } = await client.take.delete.mutate({ takeId });
          insteadOf = wasSelected ? selectedTakeId : undefined;
        } finally {
          await refetch();
        }
      },
      undo: async () => {
        try {
          await client.take.restore.mutate({ takeId, ...(insteadOf !== undefined && { insteadOf }) });
        } finally {
          await refetch();
        }
      },
    });
  };
  const copySeed = async (seed: number) => {
    try {
      await navigator.clipboard.writeText(String(seed));
      toast({ title: `Seed ${grouped(seed)} copied.` });
    } catch {
      // Away from this computer browsers give the clipboard to https alone.
      toast({ title: `The seed is ${grouped(seed)}.`, text: "This browser did not let it be copied." });
    }
  };
  return {
    items: takes.data?.items ?? [],
    isLoading: takes.isPending,
    choosing,
    select,
    selectNumber: (number) => void selectNumber(number).catch(tellProblem),
    remove,
    copySeed,
  };
}
