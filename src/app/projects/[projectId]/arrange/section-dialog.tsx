"use client";
import { Button } from "../../../_ui/button";
import { Dialog, DialogBody } from "../../../_ui/dialog";
import { counted } from "../../../_ui/wording";
import type { ProjectSection } from "../model/filter";

interface SectionDialogProps {
  sections: readonly ProjectSection[];
  /** How many shots move. */
  count: number;
  onMove: (sectionId: string) => void;
  onClose: () => void;
}

/** Which section shots move to, at its end. */
export function SectionDialog({ sections, count, onMove, onClose }: SectionDialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title={`Move ${counted(count, "shot")} to`}>
      <DialogBody className="space-y-1 pb-5">
        {sections.map((section, index) => (
          <Button
            key={section.id}
            look="quiet"
            {...(index === 0 && { "data-autofocus": true })}
            className="w-full justify-start"
            onClick={() => {
              onMove(section.id);
              onClose();
            }}
          >
            <span className="min-w-0 flex-1 truncate text-left">{section.title}</span>
            <span className="text-muted">{section.sentences.length.toLocaleString("en")}</span>
          </Button>
        ))}
      </DialogBody>
    </Dialog>
  );
}
