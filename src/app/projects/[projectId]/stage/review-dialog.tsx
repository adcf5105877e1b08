"use client";
import type { Project } from "@/lib/schemas/project";
import { ChooseDialog } from "../../../_ui/choose-dialog";
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
  const possible = new Map(scopes.filter(([, some]) => some.length > 0));
  return (
    <ChooseDialog
      title="Review"
      description="One shot after the other, one key for each decision. What is asked for is painted meanwhile."
      choices={[...possible].map(([words, some]) => ({ id: words, words, count: some.length }))}
      onChoose={(words) => onStart(possible.get(words)!)}
      onClose={onClose}
    />
  );
}
