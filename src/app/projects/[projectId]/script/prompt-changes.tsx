import type { PromptMatches, PromptShot } from "@/lib/script/match-prompts";
import { LIMITS } from "@/lib/limits";
import { counted } from "../../../_ui/wording";

type Found = PromptMatches<PromptShot>;

interface PromptChangesProps extends Pick<Found, "changes" | "strange" | "beyond"> {
  /** What could not be read. */
  problems: readonly string[];
  /** Numbers of shots whose new prompt is too long. */
  tooLong: readonly number[];
  /** Shots on the board. */
  count: number;
}

/** Numbers that are named one by one. */
const NAMED = 12;

function numbers(some: readonly number[]): string {
  const more = some.length - NAMED;
  return `${some.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

/** What a pasted table would change, and what of it is left out. */
export function PromptChanges({ problems, changes, strange, beyond, tooLong, count }: PromptChangesProps) {
  const warnings = [
    ...problems,
    ...(tooLong.length === 0
      ? []
      : [
          `A prompt has at most ${LIMITS.text.toLocaleString("en")} characters; shorten ${numbers(tooLong)}.`,
        ]),
    ...(beyond.length === 0
      ? []
      : [`The board ends at ${count}: ${numbers(beyond.map((one) => one.number))} left out.`]),
    ...strange
      .slice(0, NAMED)
      .map(
        ({ row, shot }) =>
          `${row.number} is left out: the table has “${short(row.text ?? "")}”, the board “${short(shot.text)}”.`,
      ),
    ...(strange.length > NAMED ? [`And ${counted(strange.length - NAMED, "more such row")}.`] : []),
  ];
  return (
    <>
      {warnings.length > 0 && (
        <ul className="space-y-1 rounded border-l-2 border-warn bg-ground px-3 py-2 text-soft">
          {warnings.map((words) => (
            <li key={words} className="wrap-anywhere">
              {words}
            </li>
          ))}
        </ul>
      )}
      {changes.length > 0 && (
        <ul aria-label="What changes" className="divide-y divide-line rounded border border-line">
          {changes.map(({ shot, prompt, movedFrom }) => (
            <li
              key={shot.id}
              className="flex gap-3 px-2.5 py-1.5 [contain-intrinsic-block-size:auto_60px] [content-visibility:auto]"
            >
              <span className="w-10 shrink-0 text-right text-muted tabular-nums">{shot.number}</span>
              <div className="min-w-0 flex-1 wrap-anywhere" dir="auto">
                <span className="block text-meta text-muted">
                  {shot.text}
                  {movedFrom !== null && ` (number ${movedFrom} in the table)`}
                </span>
                {shot.imagePrompt && <s className="block text-muted">{shot.imagePrompt}</s>}
                {prompt ?? <span className="text-soft">the sentence itself</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
