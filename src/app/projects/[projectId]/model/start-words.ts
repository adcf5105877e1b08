import type { StartReport } from "@/lib/schemas/report";
import type { Sentence } from "@/lib/schemas/sentence";
import { momentWords } from "../../../_ui/wording";
import type { FailureGroup } from "./failures";

/** When Shotboard was started again and how it had ended, as a sentence. */
export function startedWords({ startedAt, endedAt }: StartReport, now: number): string {
  const started = `Shotboard was started again ${momentWords(Date.parse(startedAt), now)}`;
  return endedAt === null
    ? `${started}; it had ended without warning.`
    : `${started}; it had been stopped ${momentWords(Date.parse(endedAt), now)}.`;
}

/** How far the pictures are that were in line then. */
export function progressWords({ total, done, doneSince, open, cancelled }: StartReport): string {
  const number = (value: number) => value.toLocaleString("en");
  const since = doneSince === 0 ? "" : `, ${number(doneSince)} of them since`;
  const made =
    done === total && total > 1
      ? `All ${number(total)} pictures are done${since}`
      : total === 1
        ? `The picture that was in line ${done === 1 ? "is" : "is not"} done`
        : `${number(done)} of ${number(total)} pictures are done${since}`;
  const rest = [
    open > 0 && `${number(open)} in line`,
    cancelled > 0 && `${number(cancelled)} cancelled`,
    open === 0 && done < total && "nothing is in line any more",
  ].filter((one) => one !== false);
  return `${[made, ...rest].join("; ")}.`;
}

/** Failed pictures of the report that are failed still, by reason: what was retried since is out of it. */
export function failuresLeft(report: StartReport, groups: readonly FailureGroup[]): FailureGroup[] {
  const reported = new Set(report.failed.flatMap((one) => one.sentenceIds));
  return groups
    .map(({ failure, sentenceIds }) => ({
      failure,
      sentenceIds: sentenceIds.filter((id) => reported.has(id)),
    }))
    .filter((group) => group.sentenceIds.length > 0);
}

export interface ToCheck {
  sentenceIds: string[];
  /** What is to be looked at. */
  words: string;
}

/** The pictures that want an eye: painted otherwise than asked for, or of a text that was changed meanwhile. */
export function leftToCheck(report: StartReport, sentences: readonly Sentence[]): ToCheck | null {
  const byId = new Map(sentences.map((one) => [one.id, one]));
  const left = report.toCheck.filter(({ sentenceId, notes }) => {
    const shot = byId.get(sentenceId);
    return shot && shot.status === "completed" && (notes.length > 0 || shot.isImageDirty);
  });
  if (left.length === 0) return null;
  const notes = [...new Set(left.flatMap((one) => one.notes))];
  const words =
    notes.length === 0
      ? "their text was changed meanwhile."
      : notes.length === 1
        ? notes[0]!
        : "they were painted otherwise than asked for; each says how.";
  return { sentenceIds: [...new Set(left.map((one) => one.sentenceId))], words };
}

/** Whether there is something to tell: what was only cancelled is known to whoever did it. */
export const isNoteworthy = ({ doneSince, open, failed, toCheck }: StartReport): boolean =>
  doneSince + open + failed.length + toCheck.length > 0;
