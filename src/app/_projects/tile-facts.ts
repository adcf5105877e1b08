import type { ProjectCard } from "@/lib/schemas/project";

export interface TileFact {
  text: string;
  /** Class of its colour. */
  tone: string;
}

/** What a project's card says under its name, and how much of it is painted, 0…1. */
export function tileFacts(card: ProjectCard): { progress: number; facts: TileFact[] } {
  const { sentenceCount, pictureCount, dirtyCount, generatingCount, failedCount } = card;
  if (sentenceCount === 0) return { progress: 0, facts: [{ text: "No script yet", tone: "" }] };
  const facts: TileFact[] = [
    {
      text: `${pictureCount.toLocaleString("en")} of ${sentenceCount.toLocaleString("en")} pictures`,
      tone: "",
    },
  ];
  if (generatingCount > 0)
    facts.push({ text: `${generatingCount.toLocaleString("en")} in line`, tone: "text-accent" });
  if (dirtyCount > 0) facts.push({ text: `${dirtyCount.toLocaleString("en")} changed`, tone: "text-warn" });
  if (failedCount > 0) facts.push({ text: `${failedCount.toLocaleString("en")} failed`, tone: "text-bad" });
  return { progress: pictureCount / sentenceCount, facts };
}
