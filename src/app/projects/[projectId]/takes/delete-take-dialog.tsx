"use client";
import { useState } from "react";
import type { Take } from "@/lib/schemas/take";
import { ConfirmDialog } from "../../../_ui/confirm-dialog";
import { thumbnail } from "../../../_ui/media-url";

interface DeleteTakeProps {
  take: Take;
  /** Whether it is the picture of its shot now: the list of takes may be older. */
  isShown: boolean;
  /** Whether the shot is locked, which keeps what it shows. */
  isLocked: boolean;
  /** Whether the shot has another take that can be shown. */
  hasOther: boolean;
  onDelete: () => Promise<boolean>;
  onClose: () => void;
}

/** Asks before a take goes. */
export function DeleteTakeDialog({ take, isShown, isLocked, hasOther, onDelete, onClose }: DeleteTakeProps) {
  const isKept = isShown && isLocked;
  const [isBusy, setIsBusy] = useState(false);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title="Delete this take?"
      action="Delete the take"
      onConfirm={() => {
        setIsBusy(true);
        void onDelete().then(onClose);
      }}
      isBusy={isBusy}
      isImpossible={isKept}
      problem={null}
    >
      {!take.isFileGone && (
        <img
          src={thumbnail(take.url, 640)}
          alt=""
          style={{ aspectRatio: `${take.width} / ${take.height}` }}
          className="w-full rounded"
        />
      )}
      {isKept ? (
        <p>
          This take is the picture of a locked shot, which keeps it. Unlock the shot first
          {hasOther && ", or choose another of its takes"}.
        </p>
      ) : (
        <p>
          {!isShown
            ? "The shot keeps the picture it shows."
            : hasOther
              ? "The shot shows its newest other take then."
              : "It is the shot's only take: the shot has no picture then."}{" "}
          Within an hour this can be undone; after that its file is gone from the disk.
        </p>
      )}
    </ConfirmDialog>
  );
}
