import { CircleAlert } from "lucide-react";
import type { ModelInspection, SlotBinding } from "@/lib/schemas/model";
import { Button } from "../_ui/button";
import { counted } from "../_ui/wording";
import type { Choice } from "./model-values";
import { SLOT_WORDS } from "./model-words";

interface BindingsNoteProps {
  inspection: Pick<ModelInspection, "bindings" | "slotChoices">;
  /** What the user chose since; a slot among them is confirmed. */
  choices: readonly Choice[];
  onChoose: (choices: Choice[]) => void;
}

/** What became of the places of the old workflow in the new one: those that must be confirmed first. */
export function BindingsNote({
  inspection: { bindings, slotChoices },
  choices,
  onChoose,
}: BindingsNoteProps) {
  const isOpen = ({ status, slot }: SlotBinding) =>
    (status === "ambiguous" || status === "lost") && !choices.some((one) => one.slot === slot);
  const open = bindings.filter(isOpen);
  const moved = bindings.filter(({ status }) => status === "moved").length;
  if (open.length === 0)
    return moved > 0 ? (
      <p className="text-meta text-muted">
        {counted(moved, "chosen place")} found again under another number.
      </p>
    ) : null;
  const confirm = () =>
    onChoose([
      ...slotChoices.map(({ slot, nodeId, input }) => ({ slot, nodeId, input })),
      ...open
        .filter(({ status }) => status === "lost")
        .map(({ slot }) => ({ slot, nodeId: null, input: null })),
    ]);
  return (
    <div className="space-y-2 rounded border border-warn p-3">
      <p className="flex gap-2">
        <CircleAlert size={14} className="mt-[3px] shrink-0 text-warn" aria-hidden />
        The new workflow is not like the old one. Choose below where these go, or confirm:
      </p>
      <ul className="space-y-1 pl-[22px] text-meta text-soft">
        {open.map(({ slot, status, before }) => (
          <li key={slot}>
            {SLOT_WORDS[slot].name}: was in {before.title ?? before.classType}, node {before.nodeId};{" "}
            {status === "lost" ? "there is no place for it now" : "several nodes are like that one now"}
          </li>
        ))}
      </ul>
      <Button onClick={confirm}>Use what was found</Button>
    </div>
  );
}
