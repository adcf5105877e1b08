import type { Failure } from "@/lib/schemas/common";
import type { Overrides } from "@/lib/schemas/image";
import type { PlanInputs, PlanModel, PlanStyle, Reference } from "./plan";

type Choice = { style: PlanStyle | null; failure: null } | { style: null; failure: Failure };

const failed = (code: string, message: string, field: string, remedy: string): Choice => ({
  style: null,
  failure: { code, message, field, remedy },
});

/** The field of a request by which its style came, or null where it asks for none. */
export function styleFieldOf({ styleId, style }: Overrides): "styleId" | "style" | null {
  if (styleId !== undefined) return "styleId";
  return style === undefined ? null : "style";
}

/**
 * The style of a picture: the request's, else its legacy `style` name, else the sentence's, else the project's.
 * @param model the one it has to go with; null where that is not known yet
 */
export function chooseStyle(
  { overrides, sentence, project, styles }: Pick<PlanInputs, "overrides" | "sentence" | "project" | "styles">,
  model: PlanModel | null,
): Choice {
  const field = styleFieldOf(overrides) ?? "styleId";
  const id =
    overrides.styleId ?? overrides.style?.trim().toLowerCase() ?? sentence.styleId ?? project.styleId;
  if (id === null) return { style: null, failure: null };
  const style = styles.get(id);
  if (!style) {
    const known = [...styles.values()].filter((one) => one.isActive).map((one) => one.id);
    return failed(
      "style_not_found",
      `There is no style "${id}". There are: ${known.join(", ")}.`,
      field,
      "Choose one of them.",
    );
  }
  if (!style.isActive)
    return failed(
      "style_inactive",
      `The style "${style.name}" is switched off.`,
      field,
      "Switch it on under Styles, or choose another one.",
    );
  const goesWith = style.compatibleModels;
  if (model && goesWith.length > 0 && !(model.id !== null && goesWith.includes(model.id)))
    return failed(
      "style_incompatible",
      `The style "${style.name}" does not go with ${model.name}; it goes with ${goesWith.join(", ")}.`,
      field,
      "Choose another style or another model.",
    );
  return { style, failure: null };
}

/** Why no picture can be made in this style with these references, or null. */
export function refuseWithoutReference(
  style: Pick<PlanStyle, "name" | "requiresCharacterRef">,
  references: readonly Reference[],
): Failure | null {
  if (!style.requiresCharacterRef || references.length > 0) return null;
  return {
    code: "style_needs_reference",
    message: `The style "${style.name}" needs a character with a reference picture, and this shot has none.`,
    field: "characterIds",
    remedy: "Give the shot a character with a picture, or choose another style or model.",
  };
}
