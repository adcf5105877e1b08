import type { GenerateOutput } from "@/lib/schemas/image";
import type { PlanRow } from "./plan-inputs";

/**
 * Which sentences a request makes pictures of, and why the others are left out. A sentence needs a picture if
 * it has none or is dirty; `force` takes all but locked ones.
 * @param open ids of sentences with a queued or running job
 */
export function pickSentences(
  candidates: readonly PlanRow[],
  open: ReadonlySet<string>,
  force: boolean,
): { picked: PlanRow[]; skipped: GenerateOutput["skipped"] } {
  const picked: PlanRow[] = [];
  const skipped: GenerateOutput["skipped"] = [];
  for (const sentence of candidates) {
    if (sentence.isLocked) skipped.push({ sentenceId: sentence.id, reason: "locked" });
    else if (open.has(sentence.id)) skipped.push({ sentenceId: sentence.id, reason: "alreadyQueued" });
    else if (!force && sentence.imageFile !== null && !sentence.isImageDirty)
      skipped.push({ sentenceId: sentence.id, reason: "hasPicture" });
    else picked.push(sentence);
  }
  return { picked, skipped };
}
