import { Button } from "../../../_ui/button";
import { counted } from "../../../_ui/wording";
import { type Cull, type Decision, summaryOf } from "../model/cull";

interface CullSummaryProps {
  cull: Cull;
  /** Shots that were asked for anew and are ready. */
  ready: number;
  onAgain: () => void;
  onShow: (decision: Decision) => void;
  onClose: () => void;
}

const LINES: [Decision | "open", string][] = [
  ["kept", "kept"],
  ["again", "painted again"],
  ["edited", "with another prompt"],
  ["flagged", "flagged"],
  ["skipped", "skipped"],
  ["open", "not looked at"],
];

/** What came of a walk through the shots. */
export function CullSummary({ cull, ready, onAgain, onShow, onClose }: CullSummaryProps) {
  const summary = summaryOf(cull);
  const asked = summary.again + summary.edited;
  return (
    <div className="m-auto w-full max-w-[420px] px-6 py-10 text-center">
      <h3 className="text-title font-semibold">{counted(cull.queue.length, "shot")} looked through</h3>
      <dl className="mx-auto mt-5 grid w-fit grid-cols-[auto_auto] gap-x-4 gap-y-1 text-left">
        {LINES.map(
          ([decision, words]) =>
            summary[decision] > 0 && (
              <div key={decision} className="contents">
                <dt className="text-right text-lead font-semibold">
                  {summary[decision].toLocaleString("en")}
                </dt>
                <dd className="self-center text-soft">{words}</dd>
              </div>
            ),
        )}
      </dl>
      <div className="mt-7 flex flex-wrap justify-center gap-2">
        {ready > 0 && (
          <Button look="primary" onClick={onAgain}>
            Look at {counted(ready, "new picture")}
          </Button>
        )}
        {summary.flagged > 0 && (
          <Button onClick={() => onShow("flagged")}>
            Show {summary.flagged.toLocaleString("en")} flagged
          </Button>
        )}
        <Button look={ready > 0 ? "plain" : "primary"} data-autofocus onClick={onClose}>
          Back to the board
        </Button>
      </div>
      {asked > ready && (
        <p className="mt-4 text-muted" aria-live="polite">
          {counted(asked - ready, "picture")} still {asked - ready === 1 ? "is" : "are"} being painted.
        </p>
      )}
    </div>
  );
}
