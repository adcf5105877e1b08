import { memo } from "react";
import { cx } from "../_ui/class-names";
import { option } from "../_ui/list-roles";
import { DividedText } from "./divided-text";

/** What becomes of a sentence in a board that is there already. */
export interface RowMark {
  kind: "kept" | "edited" | "new";
  isMoved: boolean;
  /** What it said before. */
  was: string | null;
}

interface ScriptRowProps {
  /** `section.sentence`, from 0. */
  place: string;
  number: number;
  text: string;
  mark: RowMark | null;
  isCurrent: boolean;
  /** Where it would be divided. */
  gap: number | null;
}

/** A shot of the preview. Its keys and clicks are heard by the list. */
export const ScriptRow = memo(function ScriptRow({
  place,
  number,
  text,
  mark,
  isCurrent,
  gap,
}: ScriptRowProps) {
  return (
    <div
      {...option(isCurrent)}
      data-row={place}
      aria-keyshortcuts="Enter Backspace ArrowLeft ArrowRight"
      className={cx(
        "flex scroll-mt-20 gap-3 rounded border-l-3 px-2.5 py-1.5 [contain-intrinsic-size:auto_31px] [content-visibility:auto]",
        isCurrent ? "bg-lifted" : "hover:bg-lifted/60",
        mark?.kind === "new" ? "border-good" : mark?.kind === "edited" ? "border-warn" : "border-transparent",
      )}
    >
      <span className="w-8 shrink-0 text-right text-muted">{number}</span>
      <span className="min-w-0 flex-1 wrap-anywhere" dir="auto">
        <DividedText text={text} gap={gap} />
        {mark?.kind === "edited" && mark.was !== null && (
          <span className="block text-meta text-muted">
            was: <s>{mark.was}</s>
          </span>
        )}
      </span>
      {mark && <MarkWords mark={mark} />}
    </div>
  );
});

function MarkWords({ mark: { kind, isMoved } }: { mark: RowMark }) {
  const words = [kind === "new" ? "new" : kind === "edited" ? "edited" : null, isMoved ? "moved" : null];
  const told = words.filter((one) => one !== null).join(", ");
  return told === "" ? null : (
    <span
      className={cx(
        "shrink-0 text-meta",
        kind === "new" ? "text-good" : kind === "edited" ? "text-warn" : "text-soft",
      )}
    >
      {told}
    </span>
  );
}
