"use client";
import { type KeyboardEvent, type MouseEvent, useMemo, useState } from "react";
import { clickedOffset, DividedText } from "../../../_script/divided-text";
import { gapsOf, nearestGap } from "../../../_script/gaps";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";

/** No element of HTML is a slider within a text. */
const SLIDER = { role: "slider", tabIndex: 0, "aria-label": "Place of the division" };

interface DivideDialogProps {
  text: string;
  onDivide: (at: number) => void;
  onClose: () => void;
}

/** Where a sentence is divided: the arrows or a click choose a gap between words, Enter divides there. */
export function DivideDialog({ text, onDivide, onClose }: DivideDialogProps) {
  const gaps = useMemo(() => gapsOf(text), [text]);
  const [gap, setGap] = useState(() => nearestGap(gaps, text.length / 2));
  const step = (by: 1 | -1) => {
    const next = gaps[(gap === null ? -1 : gaps.indexOf(gap)) + by];
    if (next !== undefined) setGap(next);
  };
  const divide = () => {
    if (gap === null) return;
    onDivide(gap);
    onClose();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else if (event.key === "Enter") divide();
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent) => {
    const offset = clickedOffset(event);
    if (offset !== null) setGap(nearestGap(gaps, offset));
  };
  const at = gap ?? text.length;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Divide the sentence"
      description="The first part keeps the picture; the second becomes a new shot."
    >
      <DialogBody>
        <div role="presentation" onKeyDown={key} onClick={click}>
          <div
            data-autofocus
            {...SLIDER}
            aria-valuemin={0}
            aria-valuemax={gaps.length}
            aria-valuenow={gap === null ? 0 : gaps.indexOf(gap) + 1}
            aria-valuetext={`${text.slice(0, at).trim()} / ${text.slice(at).trim()}`}
            className="cursor-text rounded border border-edge bg-ground px-3 py-2.5 text-lead wrap-anywhere"
            dir="auto"
          >
            <DividedText text={text} gap={gap} afterClass="text-soft" />
          </div>
        </div>
        {gap === null && <p className="pt-2 text-muted">It is one word: there is nothing to divide.</p>}
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" disabled={gap === null} onClick={divide}>
          Divide here
        </Button>
      </DialogActions>
    </Dialog>
  );
}
