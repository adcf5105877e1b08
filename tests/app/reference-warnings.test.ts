import { describe, expect, test } from "vitest";
import { referenceWarnings } from "@/app/projects/[projectId]/model/reference-warnings";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";

const createdAt = "2026-01-01T00:00:00.000Z";
const character = (id: string, name: string, pictures = 1): Character => ({
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
  createdAt,
});
const model = (maxReferences: number): Model => ({
  id: "m",
  name: "M",
  workflowCategory: "image",
  workflowType: "image-to-image",
  workflowFile: null,
  defaultSteps: 1,
  defaultCfg: 1,
  renderWidth: null,
  renderHeight: null,
  slots: [],
  maxReferences,
  isActive: true,
  createdAt,
});
const demanding: Style = {
  id: "s",
  name: "Portrait",
  styleType: "prompt",
  promptPrefix: null,
  negativePrompt: null,
  loraFile: null,
  loraStrength: 1,
  compatibleModels: [],
  requiresCharacterRef: true,
  isActive: true,
  previewUrl: null,
  createdAt,
};
const cast = [character("mira", "Mira"), character("tor", "Tor"), character("ferry", "The ferry", 0)];
const shot = (text: string, characterIds: string[] | null = null) => ({ text, characterIds });
const fatal = (texts: { text: string; isFatal: boolean }[]) =>
  texts.filter((one) => one.isFatal).map((one) => one.text);

describe("before a shot is painted it is told", () => {
  test("nothing, where all is well", () => {
    expect(referenceWarnings(shot("Mira rows."), cast, demanding, model(2))).toEqual([]);
    expect(referenceWarnings(shot("Nobody rows."), cast, null, model(0))).toEqual([]);
    expect(referenceWarnings(shot("Mira rows."), cast, demanding, null)).toEqual([]);
  });

  test("that its style wants a reference and it has none", () => {
    expect(fatal(referenceWarnings(shot("Nobody rows."), cast, demanding, model(2)))).toEqual([
      'The style "Portrait" needs a character with a reference picture, and this shot has none.',
    ]);
    // Found, but without a picture, or left out by hand.
    expect(fatal(referenceWarnings(shot("The ferry leaves."), cast, demanding, model(2)))).toHaveLength(1);
    expect(fatal(referenceWarnings(shot("Mira rows.", []), cast, demanding, model(2)))).toHaveLength(1);
    expect(fatal(referenceWarnings(shot("Mira rows."), cast, demanding, model(0)))).toHaveLength(1);
  });

  test("that its model takes none, or not so many", () => {
    expect(referenceWarnings(shot("Mira rows."), cast, null, model(0))).toEqual([
      { text: "M takes no reference pictures: those of characters are left out.", isFatal: false },
    ]);
    expect(referenceWarnings(shot("Mira and Tor row."), cast, null, model(1))).toEqual([
      {
        text: "M takes at most 1 reference picture: 1 of this shot's is left out.",
        isFatal: false,
      },
    ]);
  });

  test("that somebody in it has no picture yet", () => {
    expect(referenceWarnings(shot("The ferry leaves."), cast, null, model(2))).toEqual([
      { text: "The ferry has no reference picture and is left out.", isFatal: false },
    ]);
  });

  test("nothing of characters that are not in the cast", () => {
    expect(referenceWarnings(shot("Somebody.", ["stranger"]), cast, null, model(2))).toEqual([]);
  });
});
