import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";

type Made = Pick<Sentence, "shownTake" | "modelId" | "styleId">;
/** What a project says of shots that say nothing of their own. */
export type ProjectChoices = Pick<Project, "modelId" | "styleId">;

/**
 * What changed since the picture of a dirty shot was made: "prompt changed", "style and model changed". Only
 * "changed" where it is something else: a reference, the size, the style's own words, a workflow.
 */
export function changedWords({ shownTake, modelId, styleId }: Made, project: ProjectChoices): string {
  if (shownTake === null || shownTake.renderer === "own") return "changed";
  const changed = [
    shownTake.isPromptChanged && "prompt",
    shownTake.styleId !== (styleId ?? project.styleId) && "style",
    shownTake.modelId !== (modelId ?? project.modelId) && "model",
  ].filter((one) => one !== false);
  const last = changed.pop();
  if (last === undefined) return "changed";
  return `${changed.length === 0 ? last : `${changed.join(", ")} and ${last}`} changed`;
}
