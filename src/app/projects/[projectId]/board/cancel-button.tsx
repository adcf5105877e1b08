"use client";
import type { Sentence } from "@/lib/schemas/sentence";
import { Menu, MenuItem, MenuLine } from "../../../_ui/menu";
import { clock } from "../../../_ui/wording";
import { useCancelling } from "../live/use-cancelling";
import { openBatches } from "../model/open-batches";

interface CancelButtonProps {
  /** All of the board. */
  sentences: readonly Sentence[];
  className: string;
}

/** Cancels what is in line and being painted: all of it, or one of several batches. */
export function CancelButton({ sentences, className }: CancelButtonProps) {
  const { cancelShots, cancelBatch, isCancelling } = useCancelling();
  const cancelAll = () => void cancelShots(sentences.filter((one) => one.openJobs > 0).map((one) => one.id));
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
      <button type="button" className={className} onClick={cancelAll}>
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
      <MenuItem hint={left.toLocaleString("en")} onSelect={cancelAll}>
        All that is not done
      </MenuItem>
      <MenuLine />
      {batches.map(({ batchId, queuedAt, shots }) => (
        <MenuItem key={batchId} hint={shots.toLocaleString("en")} onSelect={() => void cancelBatch(batchId)}>
          What was asked for at {clock(queuedAt)}
        </MenuItem>
      ))}
    </Menu>
  );
}
