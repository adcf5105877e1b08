import { fitReferences } from "@/lib/plan/choose-references";
import { refuseWithoutReference } from "@/lib/plan/choose-style";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Style } from "@/lib/schemas/style";
import { shotPeople } from "../../../_characters/shot-people";

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
  const { references, notes } = shotPeople(sentence, cast);
  const fitted = model ? fitReferences(model, references, notes) : references;
  const fatal = style && refuseWithoutReference(style, fitted);
  return [
    ...notes.map((text) => ({ text, isFatal: false })),
    ...(fatal ? [{ text: fatal.message, isFatal: true }] : []),
  ];
}
