import { RotateCw } from "lucide-react";
import { Button } from "../../../_ui/button";
import type { FailureGroup } from "../model/failures";

interface FailureRowsProps {
  groups: readonly FailureGroup[];
  onShow: (sentenceIds: string[]) => void;
  onRetry: (sentenceIds: string[]) => void;
}

/** Why shots failed, each reason with what to do, its shots, and a way to try them again. */
export function FailureRows({ groups, onShow, onRetry }: FailureRowsProps) {
  return (
    <ul className="divide-y divide-line">
      {groups.map(({ failure, sentenceIds }) => (
        <li
          key={`${failure.code} ${failure.message}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2"
        >
          <div className="min-w-0 flex-1 basis-56">
            <p className="wrap-anywhere">
              <span className="font-medium text-bad">{sentenceIds.length.toLocaleString("en")} × </span>
              {failure.message}
            </p>
            {failure.remedy && <p className="text-soft wrap-anywhere">{failure.remedy}</p>}
          </div>
          <div className="flex gap-1.5">
            <Button onClick={() => onShow(sentenceIds)}>Show</Button>
            <Button onClick={() => onRetry(sentenceIds)}>
              <RotateCw size={12} aria-hidden /> {sentenceIds.length === 1 ? "Retry this" : "Retry these"}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
