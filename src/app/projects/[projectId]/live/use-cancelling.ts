"use client";
import { useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { CancelInput } from "@/lib/schemas/image";
import { useTellProblem } from "../../../_data/use-tell-problem";
import { useTRPCClient } from "../../../_data/trpc";
import { useToast } from "../../../_ui/toast-store";
import { counted } from "../../../_ui/wording";
import { portions } from "./portions";

/** Cancelling what a board has in line and being painted; a contact sheet's proofs are its own. */
export interface Cancelling {
  cancelShots: (sentenceIds: readonly string[]) => Promise<void>;
  /** Cancels what is left of shots that were asked for together. */
  cancelBatch: (batchId: string) => Promise<void>;
  isCancelling: boolean;
}

/** Each tells what it did, or why not, in a message. */
export function useCancelling(): Cancelling {
  const client = useTRPCClient();
  const toast = useToast();
  const fail = useTellProblem();
  const [isCancelling, setIsCancelling] = useState(false);

  const cancel = async (scopes: readonly CancelInput[]) => {
    setIsCancelling(true);
    const sum = { cancelled: 0, cancelling: 0 };
    try {
      for (const scope of scopes) {
        const { cancelled, cancelling } = await client.image.cancel.mutate(scope);
        sum.cancelled += cancelled;
        sum.cancelling += cancelling;
      }
    } catch (error) {
      fail(error);
    } finally {
      setIsCancelling(false);
    }
    const count = sum.cancelled + sum.cancelling;
    const stopping =
      sum.cancelling === 0
        ? ""
        : ` ComfyUI is told to stop ${sum.cancelling === 1 ? "the one" : "those"} it paints.`;
    if (count > 0)
      toast({ title: `${counted(count, "picture")} cancelled.`, text: `What was painted stays.${stopping}` });
  };
  return {
    cancelShots: (sentenceIds) =>
      cancel(portions(sentenceIds, LIMITS.sentenceIds).map((some) => ({ sentenceIds: some }))),
    cancelBatch: (batchId) => cancel([{ batchId }]),
    isCancelling,
  };
}
