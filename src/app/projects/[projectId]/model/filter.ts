import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";

/** Which shots the board shows. */
export type Filter = "all" | "missing" | "dirty" | "failed";

export type ProjectSection = Project["sections"][number];

/** Whether a shot belongs to what a filter shows. A missing one stays in view until its picture is there. */
function matches(filter: Filter, sentence: Sentence): boolean {
  switch (filter) {
    case "all":
      return true;
    case "missing":
      return sentence.imageUrl === null;
    case "dirty":
      return sentence.imageUrl !== null && sentence.isImageDirty;
    case "failed":
      return sentence.status === "failed";
  }
}

/** The sections with the shots that a filter shows; sections without any are left out, except unfiltered. */
export function filterSections(
  sections: readonly ProjectSection[],
  filter: Filter,
): readonly ProjectSection[] {
  if (filter === "all") return sections;
  return sections
    .map((section) => ({ ...section, sentences: section.sentences.filter((one) => matches(filter, one)) }))
    .filter((section) => section.sentences.length > 0);
}

export interface Counts {
  shots: number;
  /** Shots that have a picture. */
  pictures: number;
  /** Shots by filter. */
  missing: number;
  dirty: number;
  failed: number;
  /** Shots in the line or being painted. */
  open: number;
}

/** How many shots of each kind there are. */
export function countShots(sentences: readonly Sentence[]): Counts {
  const counts: Counts = { shots: sentences.length, pictures: 0, missing: 0, dirty: 0, failed: 0, open: 0 };
  for (const one of sentences) {
    if (one.imageUrl !== null) counts.pictures += 1;
    if (matches("missing", one)) counts.missing += 1;
    if (matches("dirty", one)) counts.dirty += 1;
    if (matches("failed", one)) counts.failed += 1;
    if (one.status === "generating") counts.open += 1;
  }
  return counts;
}
