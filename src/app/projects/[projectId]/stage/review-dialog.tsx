"use client";
import type { Project } from "@/lib/schemas/project";
import { Button } from "../../../_ui/button";
import { Dialog, DialogBody } from "../../../_ui/dialog";
import { needsEye } from "../model/cull";

interface ReviewDialogProps {
  project: Project;
  /** Ids that the board shows, in order. */
  order: readonly string[];
  chosen: ReadonlySet<string>;
  /** The section in view. */
  active: string | null;
  onStart: (ids: string[]) => void;
  onClose: () => void;
}

/** Which shots are looked through, one by one. */
export function ReviewDialog({ project, order, chosen, active, onStart, onClose }: ReviewDialogProps) {
  const all = project.sections.flatMap((section) => section.sentences);
  const section = project.sections.find((one) => one.id === active);
  const ids = (some: readonly { id: string }[]) => some.map((one) => one.id);
  const scopes: [string, string[]][] = [
    ["The selected shots", chosen.size > 1 ? order.filter((id) => chosen.has(id)) : []],
    ["What the board shows", [...order]],
    ["What needs an eye: changed, failed, flagged", ids(all.filter(needsEye))],
    [`The section “${section?.title ?? ""}”`, ids(section?.sentences ?? [])],
  ];
  const possible = scopes.filter(([, some]) => some.length > 0);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Review"
      description="One shot after the other, one key for each decision. What is asked for is painted meanwhile."
    >
      <DialogBody className="space-y-1 pb-5">
        {possible.map(([words, some], index) => (
          <Button
            key={words}
            look="quiet"
            {...(index === 0 && { "data-autofocus": true })}
            className="w-full justify-start"
            onClick={() => onStart(some)}
          >
            <span className="min-w-0 flex-1 truncate text-left">{words}</span>
            <span className="text-muted">{some.length.toLocaleString("en")}</span>
          </Button>
        ))}
      </DialogBody>
    </Dialog>
  );
}
