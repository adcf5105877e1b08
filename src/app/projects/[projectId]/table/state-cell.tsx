import { Flag, Lock } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { placeWords } from "../../../_ui/wording";
import { ChangedWords } from "../board/changed-words";
import { CELL } from "../board/grid-roles";
import { StepWords } from "../board/step-words";
import { useJobStep } from "../board/use-job-step";
import { remedyOf } from "../model/remedy";
import { hasLostTake, type ShotState, STATE_WORDS } from "../model/shot-state";

interface StateCellProps {
  sentence: Sentence;
  state: ShotState;
  place: number | null;
}

const TONES: Partial<Record<ShotState, string>> = {
  done: "text-muted",
  missing: "text-muted",
  dirty: "text-warn",
  failed: "text-bad",
};

/** What a shot's state is, in words, and what can be done where it failed. */
export function StateCell({ sentence, state, place }: StateCellProps) {
  const { error } = sentence;
  const job = useJobStep(sentence.job);
  const { act, label } = remedyOf(error);
  // Of a changed one that is told first: it will be painted again.
  const isLost = state === "done" && hasLostTake(sentence);
  return (
    <div {...CELL} className="min-w-0">
      <span className="flex items-center gap-1.5">
        <span
          className={cx("line-clamp-2 min-w-0", isLost ? "text-bad" : TONES[state])}
          title={isLost || state === "failed" ? error?.message : undefined}
        >
          {state === "queued" ? (
            placeWords(place)
          ) : state === "running" && job ? (
            <StepWords job={job} />
          ) : state === "dirty" ? (
            <ChangedWords sentence={sentence} />
          ) : isLost ? (
            "a take failed"
          ) : (
            STATE_WORDS[state]
          )}
        </span>
        {sentence.isLocked && (
          <span className="shrink-0">
            <Lock size={12} aria-hidden />
            <span className="sr-only">locked</span>
          </span>
        )}
        {sentence.shownTake?.renderer === "own" && <span className="shrink-0 text-muted">yours</span>}
        {sentence.isFlagged && (
          <span className="shrink-0">
            <Flag size={12} aria-hidden />
            <span className="sr-only">flagged</span>
          </span>
        )}
      </span>
      {state === "running" && (
        <span className="mt-1.5 block h-0.5 overflow-hidden rounded-full bg-edge" aria-hidden>
          <span className="block h-full bg-accent" style={{ width: `${job?.progress ?? 0}%` }} />
        </span>
      )}
      {state === "failed" && (
        <button
          type="button"
          data-act={act}
          tabIndex={-1}
          className="max-w-full truncate text-accent hover:underline touch:min-h-11"
        >
          {label}
        </button>
      )}
    </div>
  );
}
