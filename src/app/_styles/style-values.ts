import type { Style, StyleCreate, StyleUpdate } from "@/lib/schemas/style";

/** A style's fields as its form has them: texts are never null. */
export interface StyleValues {
  name: string;
  styleType: Style["styleType"];
  promptPrefix: string;
  negativePrompt: string;
  loraFile: string;
  loraStrength: number | null;
  compatibleModels: string[];
  requiresCharacterRef: boolean;
  isActive: boolean;
}

export const NEW_STYLE: StyleValues = {
  name: "",
  styleType: "prompt",
  promptPrefix: "",
  negativePrompt: "",
  loraFile: "",
  loraStrength: 1,
  compatibleModels: [],
  requiresCharacterRef: false,
  isActive: true,
};

export function valuesOf(style: Style): StyleValues {
  const { name, styleType, loraStrength, compatibleModels, requiresCharacterRef, isActive } = style;
  return {
    name,
    styleType,
    loraStrength,
    compatibleModels,
    requiresCharacterRef,
    isActive,
    promptPrefix: style.promptPrefix ?? "",
    negativePrompt: style.negativePrompt ?? "",
    loraFile: style.loraFile ?? "",
  };
}

/** What the API is sent for changed fields: those, and no others, so that another window's changes stay. */
export function toChanges(changes: Partial<StyleValues>): Omit<StyleUpdate, "styleId"> {
  const { promptPrefix, negativePrompt, loraFile, loraStrength, ...others } = changes;
  return {
    ...others,
    ...(promptPrefix !== undefined && { promptPrefix: orNull(promptPrefix) }),
    ...(negativePrompt !== undefined && { negativePrompt: orNull(negativePrompt) }),
    ...(loraFile !== undefined && { loraFile: orNull(loraFile) }),
    // What is no number is refused by the schema, at its field.
    ...(loraStrength !== undefined && { loraStrength: loraStrength ?? Number.NaN }),
  };
}

/** What the API is sent for a new style. A prompt style keeps the LoRA's name, for the way back. */
export function toInput(values: StyleValues): Omit<StyleCreate, "id"> {
  return { ...toChanges(values), name: values.name, styleType: values.styleType };
}

/** What a LoRA style lacks, at its field. */
export function loraProblem({ styleType, loraFile }: StyleValues): Readonly<Record<string, string>> {
  if (styleType === "prompt" || loraFile.trim() !== "") return {};
  return {
    loraFile: "A LoRA style needs its file: choose one, or type its name as ComfyUI’s models/loras has it.",
  };
}

/**
 * What was typed while a form was being saved: it is kept, what was saved is forgotten.
 * @param draft the form's changed fields now
 * @param sent what the API was sent
 * @param stored the style as it is after that
 */
export function typedSince(
  draft: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
  stored: StyleValues,
): Record<string, unknown> {
  const known: Readonly<Record<string, unknown>> = { ...stored };
  return Object.fromEntries(
    Object.entries(draft).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(known[field]) &&
        !(field in sent && JSON.stringify(asSent(value)) === JSON.stringify(sent[field])),
    ),
  );
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text);
const asSent = (value: unknown): unknown => (typeof value === "string" ? orNull(value) : value);
