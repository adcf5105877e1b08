"use client";
import type { Sentence } from "@/lib/schemas/sentence";
import { Menu, MenuItem, MenuLine } from "../../../_ui/menu";
import { clock } from "../../../_ui/wording";
import { openBatches } from "../model/open-batches";
import { useBoard } from "./board-context";

interface CancelButtonProps {
  sentences: readonly Sentence[];
  /** A request to cancel all is under way. */
  isCancelling: boolean;
  className: string;
}

/** Cancels what is in line and being painted: all of it, or one of several batches. */
export function CancelButton({ sentences, isCancelling, className }: CancelButtonProps) {
  const { actions } = useBoard();
  const batches = openBatches(sentences);
  const left = batches.reduce((sum, one) => sum + one.shots, 0);
  if (isCancelling || left === 0)
    return (
      <button type="button" className={className} disabled>
        {isCancelling ? "Cancelling…" : "Stopping…"}
      </button>
    );
  if (batches.length === 1)
    return (
      <button type="button" className={className} onClick={() => void actions.cancelAll()}>
        Cancel
      </button>
    );
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={className}>
          Cancel…
        </button>
      }
    >
      <MenuItem hint={left.toLocaleString("en")} onSelect={() => void actions.cancelAll()}>
        All that is not done
      </MenuItem>
      <MenuLine />
      {batches.map(({ batchId, queuedAt, shots }) => (
        <MenuItem
          key={batchId}
          hint={shots.toLocaleString("en")}
          onSelect={() => void actions.cancelBatch(batchId)}
        >
          What was asked for at {clock(queuedAt)}
        </MenuItem>
      ))}
    </Menu>
  );
}
