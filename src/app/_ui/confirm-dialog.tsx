"use client";
import type { ReactNode } from "react";
import type { Problem } from "../_data/problem";
import { Button } from "./button";
import { Dialog, DialogActions, DialogBody } from "./dialog";
import { ProblemNote } from "./problem-note";

interface ConfirmProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What goes, and what stays. */
  children: ReactNode;
  action: string;
  onConfirm: () => void;
  isBusy: boolean;
  /** Why it cannot be done now stands among what is said. */
  isImpossible?: boolean;
  problem: Problem | null;
}

/** Asks before something is lost for good. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  action,
  onConfirm,
  isBusy,
  isImpossible = false,
  problem,
}: ConfirmProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <DialogBody className="space-y-3 text-soft">
        {children}
        {problem && <ProblemNote problem={problem} />}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button look="danger" onClick={onConfirm} isBusy={isBusy} disabled={isImpossible}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
