import { ArrowDown, ArrowUp, CircleAlert, Flag, Lock, Sparkles } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { ChangedWords } from "./changed-words";
import { Marked } from "./marked";
import { Ring } from "./ring";
import { StepWords } from "./step-words";
import { remedyOf } from "../model/remedy";
import { hasLostTake, type ShotState } from "../model/shot-state";
import { useJobStep } from "./use-job-step";
import { placeWords } from "../../../_ui/wording";

interface ShotOverlayProps {
  sentence: Sentence;
  state: ShotState;
  /** Place in line, from 1, where it is known. */
  place: number | null;
}

const CHIP = "inline-flex min-w-0 items-center gap-1.5 rounded-full bg-veil px-2 py-0.5 text-meta text-text";
const ACT =
  "pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded border border-edge bg-raised px-3 text-text shadow hover:border-muted touch:h-11";

/** What a shot's state adds to its picture: never by colour alone. Buttons are told apart by `data-act`. */
export function ShotOverlay({ sentence, state, place }: ShotOverlayProps) {
  return (
    <>
      <ShotMarks sentence={sentence} state={state} />
      {state === "failed" ? (
        <Failed sentence={sentence} />
      ) : (
        <ShotFoot sentence={sentence} state={state} place={place} />
      )}
      {sentence.imageUrl === null && state !== "failed" && <Unpainted sentence={sentence} state={state} />}
      {state === "missing" && (
        <span className="pointer-events-none absolute inset-0 grid place-items-center opacity-0 transition-opacity duration-150 group-hover/shot:opacity-100 group-focus-visible/shot:opacity-100">
          <button type="button" data-act="generate" tabIndex={-1} className={ACT}>
            <Sparkles size={14} aria-hidden /> Generate
          </button>
        </span>
      )}
    </>
  );
}

/** The sentence in the place of its picture, until something of that is seen. */
function Unpainted({ sentence, state }: Omit<ShotOverlayProps, "place">) {
  const job = useJobStep(sentence.job);
  if (state === "running" && job?.preview) return null;
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-x-3 top-3 line-clamp-3 text-meta text-muted transition-opacity duration-150 group-hover/shot:opacity-30"
    >
      <Marked text={sentence.text} />
    </span>
  );
}

/** What stays on a picture: changed, flagged, locked, one's own. */
export function ShotMarks({ sentence, state }: Pick<ShotOverlayProps, "sentence" | "state">) {
  const isOwn = sentence.shownTake?.renderer === "own";
  return (
    <>
      {state === "dirty" && (
        <span className="pointer-events-none absolute top-0 right-0 border-9 border-warn border-b-transparent border-l-transparent" />
      )}
      {sentence.isFlagged && (
        <span className={`${CHIP} absolute top-2 right-2 px-1.5`}>
          <Flag size={12} aria-hidden className="text-warn" />
          <span className="sr-only">flagged</span>
        </span>
      )}
      {(sentence.isLocked || isOwn) && (
        <span className={`${CHIP} absolute top-2 left-2 px-1.5`}>
          {sentence.isLocked && <Lock size={12} aria-hidden />}
          {sentence.isLocked && <span className="sr-only">locked</span>}
          {isOwn && "yours"}
        </span>
      )}
    </>
  );
}

/** The chip and the ring at the foot of a picture. */
export function ShotFoot({ sentence, state, place }: ShotOverlayProps) {
  const job = useJobStep(sentence.job);
  if (state === "running" || state === "cancelling")
    return (
      <span className="pointer-events-none absolute inset-x-2 bottom-2 flex items-end justify-between gap-2">
        <span
          className={cx(CHIP, job?.error && "pointer-events-auto")}
          title={job?.error ? `The last attempt failed: ${job.error.message}` : undefined}
        >
          <span className="truncate">
            {state === "cancelling" ? "stopping" : job ? <StepWords job={job} /> : "starting"}
          </span>
        </span>
        <Ring percent={job?.progress ?? 0} isStopping={state === "cancelling"} />
      </span>
    );
  if (state === "queued")
    return (
      <span className="absolute bottom-2 left-2 flex max-w-[calc(100%-16px)]">
        <span className={CHIP}>
          {job && job.priority > 0 && <ArrowUp size={12} className="shrink-0" aria-hidden />}
          {job && job.priority < 0 && <ArrowDown size={12} className="shrink-0" aria-hidden />}
          {/* Why it went back into the line is a long sentence; the row above the board says it too. */}
          <span className="truncate" title={job?.step ?? undefined}>
            {job?.step ? "waiting" : placeWords(place)}
          </span>
        </span>
      </span>
    );
  if (state === "dirty")
    return (
      <span className="absolute bottom-2 left-2">
        <span className={CHIP}>
          <ChangedWords sentence={sentence} />
        </span>
      </span>
    );
  if (hasLostTake(sentence))
    return (
      <span className="absolute bottom-2 left-2">
        <span className={CHIP} title={sentence.error?.message}>
          <CircleAlert size={12} className="text-bad" aria-hidden /> a take failed
        </span>
      </span>
    );
  return null;
}

function Failed({ sentence: { error } }: { sentence: Sentence }) {
  const { act, label } = remedyOf(error);
  return (
    <span className="pointer-events-none absolute inset-0 flex flex-col justify-end gap-2 border-l-3 border-bad bg-linear-to-t from-veil from-45% to-transparent p-2.5">
      <span className="line-clamp-2 text-meta text-text">
        {error?.message ?? "This picture could not be made."}
      </span>
      <button type="button" data-act={act} tabIndex={-1} className={`${ACT} h-7 self-start px-2.5 text-meta`}>
        {label}
      </button>
    </span>
  );
}
