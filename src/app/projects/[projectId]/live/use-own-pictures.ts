"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { LIMITS } from "@/lib/limits";
import type { OwnPictureOutput, TakeShowInput } from "@/lib/schemas/own-picture";
import type { Framing, Take } from "@/lib/schemas/take";
import { sendFile } from "../../../_data/send-file";
import { useTRPC, useTRPCClient } from "../../../_data/trpc";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import { withSentences } from "../model/apply-events";
import { portions } from "./portions";
import type { UndoStep } from "./undo";

export interface OwnPicture {
  sentenceId: string;
  file: File;
  framing: Framing;
  credit: string;
}

export interface OwnPictureActions {
  /** Sends one; throws an Error with a sentence where it is not taken. */
  send: (
    picture: OwnPicture,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<OwnPictureOutput>;
  /** Makes what was sent one step that can be undone. */
  remember: (answers: readonly OwnPictureOutput[]) => void;
  /** Stores how an own picture is framed and whom it is from. */
  change: (take: Take, framing: Framing, credit: string) => Promise<void>;
}

const addressOf = ({ sentenceId, framing, credit }: OwnPicture): string => {
  const query = new URLSearchParams({ mode: framing.mode });
  if (framing.mode === "crop") {
    query.set("x", framing.x.toFixed(4));
    query.set("y", framing.y.toFixed(4));
  } else query.set("ground", framing.ground);
  if (credit.trim() !== "") query.set("credit", credit.trim());
  return `/api/v1/sentences/${encodeURIComponent(sentenceId)}/picture?${query.toString()}`;
};

/** What can be done with pictures of one's own; all of it can be undone. */
export function useOwnPictures(): OwnPictureActions {
  const { projectId, cache, undo } = useBoard();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const show = async (shots: TakeShowInput["shots"]) => {
      for (const some of portions(shots, LIMITS.updateMany)) {
        const { sentences } = await client.take.show.mutate({ projectId, shots: some });
        cache.patch((project) => withSentences(project, sentences));
      }
    };
    const remember = (answers: readonly OwnPictureOutput[], label: string) => {
      if (answers.length === 0) return;
      const shots = answers.map(({ take, before }) => ({
        forth: {
          sentenceId: take.sentenceId,
          from: before.takeId,
          to: take.id,
          wasLocked: before.isLocked,
          isLocked: true,
        },
        back: {
          sentenceId: take.sentenceId,
          from: take.id,
          to: before.takeId,
          wasLocked: true,
          isLocked: before.isLocked,
        },
      }));
      undo.push({
        label,
        undo: () => show(shots.map((one) => one.back)),
        redo: () => show(shots.map((one) => one.forth)),
      });
    };
    const credited = ({ id: takeId, sentenceId, credit }: Take, now: string): UndoStep => {
      const set = async (from: string, to: string) => {
        try {
          await client.take.update.mutate({ takeId, credit: to, from });
        } finally {
          void queryClient.invalidateQueries({ queryKey: trpc.take.list.queryKey({ sentenceId }) });
        }
      };
      const before = credit ?? "";
      return { label: "another credit", undo: () => set(now, before), redo: () => set(before, now) };
    };
    return {
      send: async (picture, onProgress, signal) => {
        const options = { limit: LIMITS.ownPictureBytes, onProgress, signal };
        const answer = await sendFile<OwnPictureOutput>(addressOf(picture), picture.file, options);
        cache.patch((project) => withSentences(project, [answer.sentence]));
        return answer;
      },
      remember: (answers) => remember(answers, counted(answers.length, "own picture")),
      change: async (take, framing, text) => {
        const credit = text.trim();
        const project = cache.get();
        const isFitting = take.width === project?.width && take.height === project.height;
        if (isFitting && JSON.stringify(take.framing) === JSON.stringify(framing)) {
          if ((take.credit ?? "") !== credit) await undo.run(credited(take, credit));
          return;
        }
        const answer = await client.take.reframe.mutate({ takeId: take.id, framing, credit });
        cache.patch((project) => withSentences(project, [answer.sentence]));
        remember([answer], "another framing");
      },
    };
  }, [projectId, cache, undo, trpc, client, queryClient]);
}
