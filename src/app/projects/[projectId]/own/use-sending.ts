"use client";
import { useEffect, useRef, useState } from "react";
import type { OwnPictureOutput } from "@/lib/schemas/own-picture";
import type { Framing } from "@/lib/schemas/take";
import { type OwnPicture, useOwnPictures } from "../live/use-own-pictures";
import { MIDDLE } from "./framing-fields";

/** A file and what is to become of it. */
export interface Draft {
  key: number;
  file: File;
  shot: { id: string; number: number; text: string };
  framing: Framing;
  credit: string;
  /** 0…1 while it is sent; at 1 the server is looking at it. */
  share: number | null;
  /** Why it was not taken. */
  error: string | null;
}

/** Pictures that are framed, then sent one after the other; what is not taken stays, with the reason, for another try. */
export function useSending(start: readonly Pick<Draft, "file" | "shot">[]) {
  const { send, remember } = useOwnPictures();
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    start.map((one, key) => ({ ...one, key, framing: MIDDLE, credit: "", share: null, error: null })),
  );
  const [isSending, setIsSending] = useState(false);
  const [isStopping, setIsStopping] = useState(false);
  const stopping = useRef<AbortController | null>(null);
  // Whoever leaves the board leaves what is not sent yet.
  useEffect(() => () => stopping.current?.abort(), []);
  const change = (key: number, changes: Partial<Draft>) =>
    setDrafts((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  /** Answers how many were taken, and how many were not. */
  const sendAll = async (): Promise<{ taken: number; left: number }> => {
    const { signal } = (stopping.current = new AbortController());
    const answers: OwnPictureOutput[] = [];
    setIsSending(true);
    for (const { key, shot, file, framing, credit } of drafts) {
      if (signal.aborted) break;
      change(key, { share: 0, error: null });
      const picture: OwnPicture = { sentenceId: shot.id, file, framing, credit };
      try {
        answers.push(await send(picture, (share) => change(key, { share }), signal));
        setDrafts((all) => all.filter((one) => one.key !== key));
      } catch (error) {
        change(key, { share: null, error: error instanceof Error ? error.message : String(error) });
      }
    }
    remember(answers);
    setIsSending(false);
    setIsStopping(false);
    return { taken: answers.length, left: drafts.length - answers.length };
  };
  return {
    drafts,
    change,
    /** Frames and credits all as one of them is. */
    changeAll: ({ framing, credit }: Draft) =>
      setDrafts((all) => all.map((one) => ({ ...one, framing, credit }))),
    remove: (key: number) => setDrafts((all) => all.filter((one) => one.key !== key)),
    sendAll,
    isSending,
    isStopping,
    /** One that is sent whole is taken still; what comes behind it stays. */
    stop: () => {
      setIsStopping(true);
      stopping.current?.abort();
    },
  };
}
