"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { conflict } from "@/lib/errors";
import type { ProofUse, ProofUsed } from "@/lib/schemas/proof";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";

type Ask = Omit<ProofUse, "keepPictures">;

/** Uses a style that was picked on a contact sheet, as one step that can be undone. */
export function useProofStyle(projectId: string): {
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
    const before = cache.get()?.styleId ?? null;
    const keeping = keepPictures ? { keepPictures } : {};
    let used: ProofUsed | null = null;
    const redo = async () => {
      used = await client.proof.use.mutate({ ...ask, ...keeping });
      await seen();
    };
    const takeBack = async () => {
      if (!used) return;
      checkUnchanged(used);
      for (const one of used.shown)
        if (one.before !== null) await client.take.select.mutate({ takeId: one.before });
      if (ask.sentenceIds === undefined)
        await client.project.update.mutate({ projectId, styleId: before, ...keeping });
      else if (used.changed.length > 0)
        await client.sentence.updateMany.mutate({
          projectId,
          sentences: used.changed.map((one) => ({ sentenceId: one.sentenceId, styleId: one.before })),
          ...keeping,
        });
      await seen();
    };
    const checkUnchanged = ({ shown, changed }: ProofUsed) => {
      const isSame =
        (ask.sentenceIds !== undefined || cache.get()?.styleId === ask.styleId) &&
        changed.every((one) => cache.sentence(one.sentenceId)?.styleId === ask.styleId) &&
        shown.every((one) => cache.sentence(one.sentenceId)?.selectedTakeId === one.takeId);
      if (!isSame)
        throw conflict("changed_since", "This was changed again since, maybe in another window: it stays.");
    };
    const seen = async () => {
      void queryClient.invalidateQueries({ queryKey: trpc.take.list.pathKey() });
      await cache.refetch();
    };
    setIsBusy(true);
    try {
      await undo.run({ label: `use of “${name}”`, redo, undo: takeBack });
      if (used) toast(toldOf(used, name, ask.sentenceIds === undefined));
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
