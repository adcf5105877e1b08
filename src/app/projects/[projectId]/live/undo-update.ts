import { conflict } from "@/lib/errors";
import type { Project } from "@/lib/schemas/project";
import type { Sentence, SentenceUpdate } from "@/lib/schemas/sentence";

const sentencesById = (project: Project | undefined) =>
  new Map(project?.sections.flatMap((section) => section.sentences.map((one) => [one.id, one] as const)));

/** What the fields that an update changes say now. */
export function valuesBefore(
  project: Project | undefined,
  updates: readonly SentenceUpdate[],
): SentenceUpdate[] {
  const known = sentencesById(project);
  return updates.flatMap((update) => {
    const { sentenceId, version: _, ...fields } = update;
    const sentence = known.get(sentenceId);
    if (!sentence) return [];
    const values = Object.keys(fields).map((name) => [name, sentence[name as keyof Sentence]]);
    return [{ sentenceId, ...(Object.fromEntries(values) as Omit<SentenceUpdate, "sentenceId">) }];
  });
}

/**
 * The updates that take `now` back to `wanted`.
 * @throws where a field was changed since by somebody else, or its shot is gone: that must not be lost
 */
export function checked(
  project: Project | undefined,
  wanted: readonly SentenceUpdate[],
  now: readonly SentenceUpdate[],
): SentenceUpdate[] {
  const known = sentencesById(project);
  for (const update of now) {
    const { sentenceId, version: _, ...fields } = update;
    const sentence = known.get(sentenceId);
    const isSame =
      sentence !== undefined &&
      Object.entries(fields).every(
        ([name, value]) => JSON.stringify(sentence[name as keyof Sentence]) === JSON.stringify(value),
      );
    if (!isSame) throw changedSince();
  }
  return [...wanted];
}

/** Why something is not taken back. */
export const changedSince = () =>
  conflict("changed_since", "This was changed again since, maybe in another window: it stays as it is.");
