"use client";
import { Button } from "./button";
import { Dialog, DialogBody } from "./dialog";

interface ChooseDialogProps {
  title: string;
  description?: string;
  choices: readonly { id: string; words: string; count: number }[];
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** One of some, each with how many things are in it. */
export function ChooseDialog({ title, description, choices, onChoose, onClose }: ChooseDialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title={title} description={description}>
      <DialogBody className="space-y-1 pb-5">
        {choices.map(({ id, words, count }, index) => (
          <Button
            key={id}
            look="quiet"
            {...(index === 0 && { "data-autofocus": true })}
            className="w-full justify-start"
            onClick={() => onChoose(id)}
          >
            <span className="min-w-0 flex-1 truncate text-left">{words}</span>
            <span className="text-muted">{count.toLocaleString("en")}</span>
          </Button>
        ))}
      </DialogBody>
    </Dialog>
  );
}
