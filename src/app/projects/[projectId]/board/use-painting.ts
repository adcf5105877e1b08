"use client";
import { useEffect, useMemo, useRef } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { useBoard } from "./board-context";

export interface Painting {
  /** Queues pictures of these shots; `force` also where there is a clean one. */
  paint: (sentenceIds: string[], force: boolean) => void;
  /** Paints a shot again with another seed, also where its seed is locked. */
  paintWithNewSeed: (sentenceId: string) => void;
}

/** Seeds that are drawn here: short enough to be read out. */
const SEEDS = 2 ** 32;

/** Painting of single shots. What was typed is stored first, so that the picture is made from it. */
export function usePainting(sentences: readonly Sentence[], takes: number): Painting {
  const { actions, drafts } = useBoard();
  const latest = useRef({ sentences, takes });
  useEffect(() => {
    latest.current = { sentences, takes };
  });
  return useMemo(() => {
    const paint = async (sentenceIds: string[], force: boolean) => {
      if (sentenceIds.length === 0) return;
      await drafts.storeAll();
      const { takes: count } = latest.current;
      await actions.generate({ sentenceIds, ...(force && { force }), ...(count > 1 && { takes: count }) });
    };
    const paintWithNewSeed = async (sentenceId: string) => {
      const sentence = latest.current.sentences.find((one) => one.id === sentenceId);
      const seed = Math.floor(Math.random() * SEEDS);
      if (sentence?.isSeedLocked && !(await actions.update([{ sentenceId, seed }]))) return;
      await paint([sentenceId], true);
    };
    return {
      paint: (sentenceIds, force) => void paint(sentenceIds, force),
      paintWithNewSeed: (sentenceId) => void paintWithNewSeed(sentenceId),
    };
  }, [actions, drafts]);
}
