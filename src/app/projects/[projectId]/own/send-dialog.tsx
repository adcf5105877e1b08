"use client";
import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Size } from "@/lib/picture/framing";
import { Button, IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { useToast } from "../../../_ui/toast-store";
import { bytes, counted } from "../../../_ui/wording";
import { FramingFields } from "./framing-fields";
import { type Draft, useSending } from "./use-sending";

/** A file, and the shot that it is for; null where there is none left for it. */
export interface Offered {
  file: File;
  shot: Draft["shot"] | null;
}

interface SendDialogProps {
  offered: readonly Offered[];
  /** Of the project. */
  shape: Size;
  onClose: () => void;
}

/** Shows pictures of one's own as they will be framed, then puts them in place. */
export function SendDialog({ offered, shape, onClose }: SendDialogProps) {
  const toast = useToast();
  const [placed] = useState(() => offered.flatMap(({ file, shot }) => (shot ? [{ file, shot }] : [])));
  const { drafts, change, changeAll, remove, sendAll, isSending, isStopping, stop } = useSending(placed);
  const [key, setKey] = useState(0);
  const shown = drafts.find((one) => one.key === key) ?? drafts[0];
  const left = offered.length - placed.length;
  const failed = drafts.filter((one) => one.error !== null).length;
  const src = useFileUrl(shown?.file ?? null);
  const use = async () => {
    const { taken, left: notTaken } = await sendAll();
    if (taken > 0)
      toast({
        topic: "undo",
        title: `${counted(taken, "own picture")} in place.`,
        text: taken === 1 ? "The shot is locked." : "The shots are locked.",
      });
    if (notTaken === 0) onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={() => !isSending && onClose()}
      title={drafts.length === 1 ? "Own picture" : "Own pictures"}
      description={`Framed to ${shape.width} × ${shape.height}; the files are kept as they are. Shots with a picture of your own are locked.`}
      isWide
    >
      <DialogBody className="space-y-4">
        {left > 0 && (
          <p className="rounded border-l-2 border-warn bg-ground px-3 py-2 text-soft">
            {counted(left, "file")} had no shot left to go to: select more shots, then drop{" "}
            {left === 1 ? "it" : "them"} again.
          </p>
        )}
        <ul aria-label="Pictures" className="max-h-48 space-y-1 overflow-y-auto">
          {drafts.map((one) => (
            <li key={one.key} className="flex items-center gap-1">
              <DraftRow draft={one} isShown={one === shown} onShow={() => setKey(one.key)} />
              <IconButton
                label={`Without ${one.file.name}`}
                disabled={isSending}
                onClick={() => (drafts.length === 1 ? onClose() : remove(one.key))}
              >
                <X size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
        {shown && src && (
          <FramingFields
            src={src}
            shape={shape}
            framing={shown.framing}
            credit={shown.credit}
            onFraming={(framing) => change(shown.key, { framing })}
            onCredit={(credit) => change(shown.key, { credit })}
          />
        )}
        {shown && drafts.length > 1 && (
          <Button look="quiet" onClick={() => changeAll(shown)}>
            Frame and credit all {drafts.length} like this
          </Button>
        )}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" disabled={isStopping} onClick={isSending ? stop : onClose}>
          {isStopping ? "Stopping…" : isSending ? "Stop" : "Cancel"}
        </Button>
        <Button look="primary" isBusy={isSending} disabled={drafts.length === 0} onClick={() => void use()}>
          {failed > 0 ? "Try" : "Use"} {counted(drafts.length, "picture")}
          {failed > 0 && " again"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Which file goes to which shot, and how far it is. */
function DraftRow({ draft, isShown, onShow }: { draft: Draft; isShown: boolean; onShow: () => void }) {
  const { file, shot, share, error } = draft;
  return (
    <button
      type="button"
      aria-pressed={isShown}
      onClick={onShow}
      className={cx(
        "block min-w-0 flex-1 rounded border-l-2 px-3 py-1.5 text-left",
        error === null ? "border-transparent" : "border-bad",
        isShown ? "bg-lifted" : "bg-ground hover:bg-lifted",
      )}
    >
      <span className="flex gap-2">
        <span className="min-w-0 flex-1 truncate">{file.name}</span>
        <span className="shrink-0 text-meta text-muted">
          {share === null ? bytes(file.size) : share < 1 ? `${Math.round(share * 100)} %` : "being framed"}
        </span>
      </span>
      <span className="block truncate text-meta text-muted">
        Shot {shot.number.toLocaleString("en")} · {shot.text}
      </span>
      {error !== null && (
        <span role="alert" className="block text-meta text-bad wrap-anywhere">
          {error}
        </span>
      )}
    </button>
  );
}

/** An address of a file in this browser, as long as it is shown. */
function useFileUrl(file: File | null): string | null {
  const url = useMemo(() => file && URL.createObjectURL(file), [file]);
  useEffect(
    () => () => {
      if (url) URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
