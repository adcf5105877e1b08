import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";

export const makeModel = (id: string, changes: Partial<Model> = {}): Model => ({
  id,
  name: id.toUpperCase(),
  workflowCategory: "image",
  workflowType: "text-to-image",
  workflowFile: null,
  defaultSteps: 8,
  defaultCfg: 1,
  renderWidth: null,
  renderHeight: null,
  slots: [],
  slotChoices: [],
  previewUrl: null,
  maxReferences: 0,
  isActive: true,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...changes,
});

export const makeStyle = (id: string, changes: Partial<Style> = {}): Style => ({
  id,
  name: id,
  styleType: "prompt",
  promptPrefix: null,
  negativePrompt: null,
  loraFile: null,
  loraStrength: 1,
  compatibleModels: [],
  requiresCharacterRef: false,
  isActive: true,
  previewUrl: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...changes,
});

/** A person with that many pictures, the first of them the main one. */
export const makeCharacter = (id: string, name: string, pictures = 1): Character => ({
  id,
  name,
  kind: "person",
  description: "",
  images: Array.from({ length: pictures }, (_, index) => ({
    id: `${id}-${index}`,
    url: "",
    width: 1,
    height: 1,
    isMain: index === 0,
  })),
  createdAt: "2026-01-01T00:00:00.000Z",
});
