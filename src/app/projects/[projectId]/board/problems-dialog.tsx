import type { Refused } from "../live/use-actions";
import { Button } from "../../../_ui/button";
import { Dialog, DialogActions, DialogBody } from "../../../_ui/dialog";
import { counted } from "../../../_ui/wording";

interface ProblemsDialogProps {
  refused: Refused;
  onClose: () => void;
  onAnyway: () => void;
}

/** What would make pictures fail, told before any is queued. */
export function ProblemsDialog({ refused: { answer }, onClose, onAnyway }: ProblemsDialogProps) {
  const isStopped = answer.queued === 0;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isStopped ? "These pictures would fail" : "Some of these pictures will fail"}
      description={
        isStopped
          ? "Nothing was queued. Put this right first, then generate again."
          : `${counted(answer.queued, "picture")} queued.`
      }
    >
      <DialogBody>
        <ul className="space-y-3">
          {answer.problems.map((problem) => (
            <li
              key={`${problem.code} ${problem.message}`}
              className="space-y-1 rounded border-l-2 border-warn bg-ground px-3 py-2 break-words"
            >
              <p>{problem.message}</p>
              {problem.remedy && <p className="text-soft">{problem.remedy}</p>}
              <p className="text-meta text-muted">{counted(problem.sentenceIds.length, "shot")}</p>
            </li>
          ))}
        </ul>
      </DialogBody>
      <DialogActions>
        {isStopped && (
          <Button look="quiet" onClick={onAnyway}>
            Generate anyway
          </Button>
        )}
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
