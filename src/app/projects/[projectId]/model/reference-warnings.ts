import { chooseReferences, fitReferences } from "@/lib/plan/choose-references";
import { refuseWithoutReference } from "@/lib/plan/choose-style";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Style } from "@/lib/schemas/style";

interface ReferenceWarning {
  text: string;
  /** The picture would fail; otherwise something is left out. */
  isFatal: boolean;
}

/** What a shot's characters come to with its style and model, told before it is painted. */
export function referenceWarnings(
  sentence: Pick<Sentence, "text" | "characterIds">,
  cast: readonly Character[],
  style: Style | null,
  model: Model | null,
): ReferenceWarning[] {
  const members = new Map(
    cast.map(({ id, name, images }) => [
      id,
      { id, name, mainImageId: (images.find((one) => one.isMain) ?? images[0])?.id ?? null },
    ]),
  );
  const { references, notes } = chooseReferences({
    overrides: {},
    sentence: {
      ...NOTHING_ELSE,
      text: sentence.text,
      // Of those outside the cast this page knows nothing.
      characterIds: sentence.characterIds?.filter((id) => members.has(id)) ?? null,
    },
    characters: members,
    cast: [...members.keys()],
  });
  const fitted = model ? fitReferences(model, references, notes) : references;
  const fatal = style && refuseWithoutReference(style, fitted);
  return [
    ...notes.map((text) => ({ text, isFatal: false })),
    ...(fatal ? [{ text: fatal.message, isFatal: true }] : []),
  ];
}

const NOTHING_ELSE = { imagePrompt: null, modelId: null, styleId: null, seed: null, isSeedLocked: false };
