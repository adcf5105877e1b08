"use client";
import { useState } from "react";
import type { Take } from "@/lib/schemas/take";
import { ConfirmDialog } from "../../../_ui/confirm-dialog";
import { thumbnail } from "../../../_ui/media-url";

interface DeleteTakeProps {
  take: Take;
  /** Whether the shot has another take that can be shown. */
  hasOther: boolean;
  onDelete: () => Promise<boolean>;
  onClose: () => void;
}

/** Asks before a take goes. */
export function DeleteTakeDialog({ take, hasOther, onDelete, onClose }: DeleteTakeProps) {
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
      <p>
        {!take.isSelected
          ? "The shot keeps the picture it shows."
          : hasOther
            ? "The shot shows its newest other take then."
            : "It is the shot's only take: the shot has no picture then."}{" "}
        Within an hour this can be undone; after that its file is gone from the disk.
      </p>
    </ConfirmDialog>
  );
}
