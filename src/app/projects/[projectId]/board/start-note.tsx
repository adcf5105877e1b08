"use client";
import { X } from "lucide-react";
import { type RefObject, useRef } from "react";
import type { StartReport } from "@/lib/schemas/report";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button, IconButton } from "../../../_ui/button";
import { useNow } from "../../../_ui/use-now";
import { type InitialReport, useStartReport } from "../live/use-start-report";
import { groupFailures } from "../model/failures";
import { failuresLeft, leftToCheck, progressWords, startedWords } from "../model/start-words";
import { useBoard } from "./board-context";
import { FailureRows } from "./failure-rows";
import { useKeptScroll } from "./use-kept-scroll";

interface StartNoteProps {
  /** What the server rendered with. */
  initial: InitialReport;
  sentences: readonly Sentence[];
  /** Shots in the line or being painted. */
  openShots: number;
  isLive: boolean;
  /** What stands below it. */
  scroller: RefObject<HTMLElement | null>;
  onShowFailed: (sentenceIds: string[]) => void;
  onShow: (sentenceIds: string[]) => void;
  onRetry: (sentenceIds: string[]) => void;
}

/** What became of the pictures that were in line when Shotboard ended; stays until it is put away. */
export function StartNote({ initial, openShots, isLive, scroller, ...rest }: StartNoteProps) {
  const { projectId } = useBoard();
  const place = useRef<HTMLDivElement>(null);
  useKeptScroll(place, scroller);
  const { report, putAway } = useStartReport({ projectId, initial, openShots, isLive });
  return (
    <div ref={place} className="shrink-0">
      {report && <Note report={report} onClose={putAway} {...rest} />}
    </div>
  );
}

interface NoteProps extends Pick<StartNoteProps, "sentences" | "onShowFailed" | "onShow" | "onRetry"> {
  report: StartReport;
  onClose: () => void;
}

function Note({ report, sentences, onShowFailed, onShow, onRetry, onClose }: NoteProps) {
  const now = useNow();
  const failures = failuresLeft(report, groupFailures(sentences));
  const check = leftToCheck(report, sentences);
  return (
    <section
      aria-label="Since the last start"
      className="max-h-[40dvh] overflow-y-auto border-b border-line bg-raised px-4 py-1.5"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 py-1.5">
          {/* By the browser's clock: until it is known, words of about their size keep their place. */}
          <p className={now === null ? "invisible" : "font-medium"}>
            {startedWords(report, now ?? Date.parse(report.startedAt))}
          </p>
          <p className="text-soft">{progressWords(report)}</p>
        </div>
        <IconButton label="Put this note away" className="-mr-2" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </div>
      {failures.length > 0 && <FailureRows groups={failures} onShow={onShowFailed} onRetry={onRetry} />}
      {check && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line py-2">
          <p className="min-w-0 flex-1 basis-64 wrap-anywhere">
            <span className="font-medium text-warn">
              {check.sentenceIds.length.toLocaleString("en")} to look at:{" "}
            </span>
            {check.words}
          </p>
          <Button onClick={() => onShow(check.sentenceIds)}>Show</Button>
        </div>
      )}
    </section>
  );
}
