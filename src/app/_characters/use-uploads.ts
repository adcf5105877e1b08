"use client";
import { useCallback, useRef, useState } from "react";
import type { Character } from "@/lib/schemas/character";
import { sendPicture } from "./send-picture";

/** A picture on its way to the server, or refused by it. */
export interface Upload {
  id: number;
  characterId: string;
  name: string;
  /** 0…1; at 1 the server is looking at it. */
  share: number;
  /** Why it was not taken. */
  error: string | null;
}

/** Sends pictures one after the other; what is refused stays in the list with its reason until it is dismissed. */
export function useUploads(onStored: (character: Character) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const lastId = useRef(0);
  const change = useCallback(
    (id: number, changes: Partial<Upload>) =>
      setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...changes } : one))),
    [],
  );
  const send = useCallback(
    async (characterId: string, files: readonly File[]) => {
      const queued = files.map((file) => {
        lastId.current += 1;
        return { id: lastId.current, file };
      });
      setUploads((all) => [
        ...all,
        ...queued.map(({ id, file }) => ({
          id,
          characterId,
          name: file.name || "pasted picture",
          share: 0,
          error: null,
        })),
      ]);
      for (const { id, file } of queued)
        try {
          onStored(await sendPicture(characterId, file, (share) => change(id, { share })));
          setUploads((all) => all.filter((one) => one.id !== id));
        } catch (error) {
          change(id, { error: error instanceof Error ? error.message : String(error) });
        }
    },
    [change, onStored],
  );
  const dismiss = useCallback((id: number) => setUploads((all) => all.filter((one) => one.id !== id)), []);
  return { uploads, send, dismiss };
}

export type Uploads = ReturnType<typeof useUploads>;
