import type { Style, StyleCreate } from "@/lib/schemas/style";

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

/** What the API is sent for these values. A prompt style keeps the LoRA's name, for the way back. */
export function toInput(values: StyleValues): Omit<StyleCreate, "id"> {
  const { promptPrefix, negativePrompt, loraFile, loraStrength, ...others } = values;
  return {
    ...others,
    promptPrefix: promptPrefix.trim() === "" ? null : promptPrefix,
    negativePrompt: negativePrompt.trim() === "" ? null : negativePrompt,
    loraFile: loraFile.trim() === "" ? null : loraFile,
    // What is no number is refused by the schema, at its field.
    loraStrength: loraStrength ?? Number.NaN,
  };
}
