"use client";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";
import { foresightWords } from "../../../_library/foresight-words";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import type { AskedLook } from "../live/use-looks";

interface LookDialogProps {
  asked: AskedLook;
  models: readonly Model[];
  styles: readonly Style[];
  onClose: () => void;
}

/** What another model or style does to the pictures, before it does it, and the way to leave them as they are. */
export function LookDialog({
  asked: { of, look, foresight, apply },
  models,
  styles,
  onClose,
}: LookDialogProps) {
  const isStyle = look.styleId !== undefined;
  const id = isStyle ? look.styleId : look.modelId;
  const name = (isStyle ? styles : models).find((one) => one.id === id)?.name;
  const noun = isStyle ? "style" : "model";
  return (
    <Dialog isOpen onClose={onClose} title={name ? `“${name}” for ${of}` : `Another ${noun} for ${of}`}>
      <DialogBody className="space-y-2 text-soft">
        <p>{foresightWords(foresight, false, `Changing the ${noun}`)}</p>
        <p>
          The pictures stay until they are painted again. Only for new pictures, they stay as they are and
          count as done.
        </p>
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={() => apply(true)}>Only for new pictures</Button>
        <Button look="primary" data-autofocus onClick={() => apply(false)}>
          Change the {noun}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
