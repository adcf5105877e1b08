"use client";
import type { ReactNode } from "react";
import type { Problem } from "../_data/problem";
import { Button } from "../_ui/button";
import { ConfirmDialog } from "../_ui/confirm-dialog";
import { Dialog, DialogActions, DialogBody } from "../_ui/dialog";

interface DeleteDialogProps {
  name: string;
  noun: string;
  /** What uses it, a line each; undefined until that is known. */
  uses: readonly ReactNode[] | undefined;
  /** What stays when it goes. */
  stays: string;
  isOn: boolean;
  isBusy: boolean;
  problem: Problem | null;
  onDelete: () => void;
  /** Takes it out of the pickers instead. */
  onSwitchOff: () => void;
  onClose: () => void;
}

/** Asks before a model or style goes; where something uses it, says what, and offers to switch it off. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { name, noun, uses, stays, isOn, isBusy, problem, onDelete, onSwitchOff, onClose } = props;
  if (uses === undefined || uses.length === 0)
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={`Delete “${name}”?`}
        action={`Delete the ${noun}`}
        onConfirm={onDelete}
        isBusy={isBusy || uses === undefined}
        problem={problem}
      >
        <p>Nothing uses it. {stays} This cannot be undone.</p>
      </ConfirmDialog>
    );
  return (
    <Dialog isOpen onClose={onClose} title={`“${name}” is in use`}>
      <DialogBody className="space-y-3 text-soft">
        <p>It cannot be deleted while these use it:</p>
        <ul className="list-disc space-y-1 pl-5">
          {uses.map((use, index) => (
            <li key={index}>{use}</li>
          ))}
        </ul>
        {isOn && <p>Switched off, it is no longer offered anywhere; what uses it then says so.</p>}
      </DialogBody>
      <DialogActions>
        {isOn && (
          <Button look="quiet" isBusy={isBusy} onClick={onSwitchOff}>
            Switch it off
          </Button>
        )}
        <Button look="primary" onClick={onClose} data-autofocus>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
