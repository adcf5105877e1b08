import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";

/** One line of a picker. */
export interface Choice {
  id: string;
  name: string;
  /** Why it cannot be taken, as half a sentence; null where it can. */
  obstacle: string | null;
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, "en");

/** The models that make images: active ones, and the one in use even if it is switched off. */
export function modelChoices(models: readonly Model[], used: string | null): Choice[] {
  return models
    .filter(
      (one) =>
        one.workflowCategory === "image" &&
        one.workflowType !== "image-to-video" &&
        (one.isActive || one.id === used),
    )
    .toSorted(byName)
    .map((one) => ({ id: one.id, name: one.name, obstacle: one.isActive ? null : "switched off" }));
}

/** The active styles, and the one in use; those that do not go with the model say so. */
export function styleChoices(
  styles: readonly Style[],
  used: string | null,
  models: readonly Model[],
  modelId: string | null,
): Choice[] {
  const nameOf = (id: string) => models.find((one) => one.id === id)?.name ?? id;
  return styles
    .filter((one) => one.isActive || one.id === used)
    .toSorted(byName)
    .map((one) => {
      const fits =
        one.compatibleModels.length === 0 || (modelId !== null && one.compatibleModels.includes(modelId));
      const obstacle = !one.isActive
        ? "switched off"
        : fits
          ? null
          : `goes with ${one.compatibleModels.map(nameOf).join(", ")}`;
      return { id: one.id, name: one.name, obstacle };
    });
}
