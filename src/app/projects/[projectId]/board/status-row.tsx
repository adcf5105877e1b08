"use client";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { Sentence } from "@/lib/schemas/sentence";
import { queueLight, type QueueLight } from "../../../_queue/lane-light";
import { cx } from "../../../_ui/class-names";
import { Countdown } from "../../../_ui/countdown";
import { duration, clock, counted } from "../../../_ui/wording";
import type { Counts } from "../model/filter";
import type { RunState } from "../live/run-store";
import type { Run, RunView } from "../model/run";
import type { Scope } from "../model/scopes";
import { groupFailures } from "../model/failures";
import { useBoard } from "./board-context";
import { CancelButton } from "./cancel-button";
import { FailedButton } from "./failed-button";
import { ForesightLine } from "./foresight";
import { NotifyButton } from "./notify-button";

interface StatusRowProps {
  sentences: readonly Sentence[];
  counts: Counts;
  run: RunState | null;
  /** What the primary button asks for, and pictures for each shot. */
  scope: Scope;
  takes: number;
  chosenCount: number;
  /** Chosen ones that a filter hides: nothing is done with them. */
  hiddenCount: number;
  queue: QueueStatus;
  isLive: boolean;
  onShowFailed: (sentenceIds: string[]) => void;
  onRetry: (sentenceIds: string[]) => void;
}

const LINK =
  "h-8 shrink-0 rounded px-1 text-accent hover:underline disabled:text-muted disabled:no-underline touch:h-11";

/** What goes on, in one line: the pictures being made, else how far the board is. Its place is always there. */
export function StatusRow({
  sentences,
  counts,
  run,
  scope,
  takes,
  chosenCount,
  hiddenCount,
  queue,
  isLive,
  onShowFailed,
  onRetry,
}: StatusRowProps) {
  const { actions } = useBoard();
  const { isPaused } = queue;
  const light = queueLight(queue, isLive);
  const total = run?.view.total.toLocaleString("en") ?? "";
  const isRunning = run !== null && run.run.endedAt === null;
  const failed = <FailedButton groups={groupFailures(sentences)} onShow={onShowFailed} onRetry={onRetry} />;
  return (
    <div className="flex h-8 min-w-0 items-center gap-3 overflow-hidden text-meta whitespace-nowrap text-muted [&_button]:-outline-offset-2">
      {isRunning ? (
        <>
          {/* The buttons stay where they are, whatever is told beside them. */}
          <span
            className="shrink-0 font-medium text-text"
            style={{ minWidth: `${`${total} of ${total}`.length}ch` }}
          >
            {run.view.over.toLocaleString("en")} of {total}
          </span>
          <button
            type="button"
            className={cx(LINK, "min-w-14 text-left")}
            onClick={() => void actions.setPaused(!isPaused)}
          >
            {isPaused ? "Resume" : "Pause"}
          </button>
          <CancelButton sentences={sentences} className={LINK} />
          {failed}
          {isLive && isPaused ? (
            <span className="text-warn">paused</span>
          ) : light.tone === "bad" || light.tone === "warn" ? (
            <Stuck light={light} isLive={isLive} />
          ) : (
            <Pace view={run.view} />
          )}
          <NotifyButton
            className={cx(LINK, counts.failed > 0 ? "@max-[870px]:hidden" : "@max-[780px]:hidden")}
          />
        </>
      ) : (
        <>
          <span className="min-w-0 shrink-[0.01] truncate text-soft">
            {counts.pictures === counts.shots
              ? counts.shots === 1
                ? "The shot has its picture"
                : `All ${counted(counts.shots, "shot")} have their picture`
              : `${counts.pictures.toLocaleString("en")} of ${counted(counts.shots, "picture")}`}
          </span>
          {counts.dirty > 0 && (
            <span className="shrink-0 text-warn">{counts.dirty.toLocaleString("en")} changed</span>
          )}
          {failed}
          {isLive && scope.sentenceIds !== undefined ? (
            <ForesightLine scope={scope} takes={takes} />
          ) : (
            run !== null && <Ended run={run.run} view={run.view} />
          )}
        </>
      )}
      {chosenCount > 0 && (
        // Where there is no room for all of it, the button above says how many.
        <span className={isRunning ? "@max-[860px]:hidden" : "max-sm:hidden"}>
          {chosenCount.toLocaleString("en")} selected
        </span>
      )}
      {hiddenCount > 0 && (
        <span className="shrink-0 text-warn">
          {`${hiddenCount.toLocaleString("en")} selected ${hiddenCount === 1 ? "is" : "are"} hidden`}
        </span>
      )}
    </div>
  );
}

/** What the pictures wait for, in the words of the lane light, and when it is tried again. */
function Stuck({ light, isLive }: { light: QueueLight; isLive: boolean }) {
  return (
    <span
      title={light.detail}
      className={`min-w-0 truncate ${light.tone === "bad" ? "text-bad" : "text-warn"}`}
    >
      {isLive ? light.label : "reconnecting to Shotboard"}
      {light.retryAt !== null && (
        <span className="text-muted max-sm:hidden">
          {", "}
          <Countdown at={light.retryAt} />
        </span>
      )}
    </span>
  );
}

function Pace({ view }: { view: RunView }) {
  if (view.pace === null)
    return (
      <span className="max-sm:hidden">
        {view.total === 1 ? "being painted" : "the first one is being painted"}
      </span>
    );
  return (
    <>
      <span className="max-sm:hidden">{duration(view.pace)} a picture</span>
      {view.doneBy !== null && <span suppressHydrationWarning>done {clock(view.doneBy)}</span>}
    </>
  );
}

function Ended({ run, view }: { run: Run; view: RunView }) {
  const painted = view.total - view.failed;
  if (painted <= 0) return null;
  return (
    <span className="truncate max-sm:hidden">
      {`${counted(painted, "picture")} in ${duration((run.endedAt ?? run.startedAt) - run.startedAt)}`}
    </span>
  );
}
