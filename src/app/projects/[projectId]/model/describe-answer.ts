import type { GenerateOutput } from "@/lib/schemas/image";
import { counted, sentenceCase } from "../../../_ui/wording";

const REASONS: Record<GenerateOutput["skipped"][number]["reason"], string> = {
  hasPicture: "already done",
  alreadyQueued: "in line already",
  locked: "locked",
};

/** What a request to generate did, as a calm sentence or two; null where the board itself shows it. */
export function describeAnswer({
  queued,
  skipped,
  problems,
}: GenerateOutput): { title: string; text: string | null } | null {
  const reasons = [...Map.groupBy(skipped, (one) => one.reason)].map(
    ([reason, some]) => `${some.length.toLocaleString("en")} ${REASONS[reason]}`,
  );
  if (queued > 0)
    return reasons.length === 0
      ? null
      : { title: `${counted(queued, "picture")} queued.`, text: `Left out: ${reasons.join(", ")}.` };
  // A list of problems is shown by itself.
  if (problems.length > 0) return null;
  const isAllDone = skipped.length > 0 && skipped.every((one) => one.reason === "hasPicture");
  if (isAllDone)
    return {
      title: "Nothing to do.",
      text:
        skipped.length === 1
          ? "This shot has its picture."
          : `All ${counted(skipped.length, "shot")} have their picture.`,
    };
  return {
    title: "Nothing to do.",
    text: reasons.length === 0 ? null : `${sentenceCase(reasons.join(", "))}.`,
  };
}
