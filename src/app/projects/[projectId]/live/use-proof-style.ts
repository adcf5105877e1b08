"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProofUse, ProofUsed } from "@/lib/schemas/proof";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { ProofStep } from "./proof-step";

type Ask = Omit<ProofUse, "keepPictures">;

/** Uses a style that was picked on a contact sheet, as one step that can be undone. */
export function useProofStyle(): {
  /** Resolves to whether it was done. */
  use: (ask: Ask, name: string, keepPictures: boolean) => Promise<boolean>;
  isBusy: boolean;
} {
  const { cache, undo } = useBoard();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const fail = useTellProblem();
  const [isBusy, setIsBusy] = useState(false);

  const use = async (ask: Ask, name: string, keepPictures: boolean): Promise<boolean> => {
    const keeping = keepPictures ? { keepPictures } : {};
    const step = new ProofStep(client, { ...ask, ...keeping }, cache.get()?.styleId ?? null);
    const seen = async () => {
      void queryClient.invalidateQueries({ queryKey: trpc.take.list.pathKey() });
      await cache.refetch();
    };
    setIsBusy(true);
    try {
      await undo.run({
        label: `use of “${name}”`,
        redo: () => step.redo().then(seen),
        // Also where it is refused, or ends halfway: the board shows what is.
        undo: () => step.undo().finally(seen),
      });
      if (step.used) toast(toldOf(step.used, name, ask.sentenceIds === undefined));
      return true;
    } catch (error) {
      fail(error);
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { use, isBusy };
}

function toldOf({ shown, changed, left }: ProofUsed, name: string, isOfProject: boolean) {
  const shots = counted(changed.length, "shot");
  const parts: string[] = [];
  if (shown.length > 0)
    parts.push(
      `${counted(shown.length, "shot")} ${shown.length === 1 ? "shows its proof" : "show their proofs"}.`,
    );
  if (left.length > 0)
    parts.push(`${counted(left.length, "locked shot")} ${left.length === 1 ? "was" : "were"} left alone.`);
  return {
    title: isOfProject ? `“${name}” is the project’s style.` : `“${name}” is the style of ${shots}.`,
    text: parts.join(" ") || null,
  };
}
