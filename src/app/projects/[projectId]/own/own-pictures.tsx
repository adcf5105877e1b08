"use client";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Take } from "@/lib/schemas/take";
import { useToast } from "../../../_ui/toast-store";
import { useBoard } from "../board/board-context";
import { shotsForFiles } from "../model/place-files";
import { ChangeDialog } from "./change-dialog";
import { type OwnPictures, OwnPicturesContext, type Target } from "./own-pictures-context";
import { type Offered, SendDialog } from "./send-dialog";

/** Around a board: takes pictures of one's own from whatever part of it they are dropped on or chosen in. */
export function OwnPicturesProvider({ project, children }: { project: Project; children: ReactNode }) {
  const { cache } = useBoard();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const target = useRef<Target>({ at: null, chosen: new Set() });
  const [offered, setOffered] = useState<readonly Offered[]>([]);
  const [changed, setChanged] = useState<Take | null>(null);
  const shape = { width: project.width, height: project.height };
  const dialogs = useMemo<OwnPictures>(() => {
    const offer = (files: readonly File[], { at, chosen, order }: Target) => {
      const all = cache.get()?.sections.flatMap((section) => section.sentences) ?? [];
      const ids = all.map((one) => one.id);
      const shots = shotsForFiles({ count: files.length, at, chosen, order: order ?? ids });
      if (files.length > 0 && shots.length === 0)
        toast({ title: "Drop pictures on a shot, or select shots first.", text: "None of them was taken." });
      else
        setOffered(
          files.map((file, index) => {
            const number = all.findIndex((one) => one.id === shots[index]) + 1;
            return { file, shot: number > 0 ? { ...all[number - 1]!, number } : null };
          }),
        );
    };
    const choose = (chosenTarget: Target) => {
      target.current = chosenTarget;
      input.current?.click();
    };
    return { offer, choose, change: setChanged };
  }, [cache, toast]);
  return (
    <OwnPicturesContext.Provider value={dialogs}>
      {children}
      <input
        ref={input}
        type="file"
        multiple
        accept="image/png,image/jpeg,image/webp,image/tiff"
        className="hidden"
        aria-label="Own pictures"
        onChange={(event) => {
          dialogs.offer([...(event.target.files ?? [])], target.current);
          event.target.value = "";
        }}
      />
      {offered.length > 0 && <SendDialog offered={offered} shape={shape} onClose={() => setOffered([])} />}
      {changed && <ChangeDialog take={changed} shape={shape} onClose={() => setChanged(null)} />}
    </OwnPicturesContext.Provider>
  );
}
