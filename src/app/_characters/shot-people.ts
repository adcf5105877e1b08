import { chooseReferences, fitReferences } from "@/lib/plan/choose-references";
import { describeCharacters } from "@/lib/plan/describe-characters";
import type { PlanCharacter, Reference } from "@/lib/plan/plan";
import type { Character } from "@/lib/schemas/character";
import type { Model } from "@/lib/schemas/model";
import type { Sentence } from "@/lib/schemas/sentence";

type Shot = Pick<Sentence, "text" | "characterIds">;

/** Who is in a shot and whose pictures it would be painted with, as a plan has it; of the cast alone. */
export function shotPeople(
  { text, characterIds }: Shot,
  cast: readonly Character[],
): { references: Reference[]; people: PlanCharacter[]; notes: string[] } {
  const members = new Map(
    cast.map(({ id, name, description, images }) => [
      id,
      {
        id,
        name,
        description,
        mainImageId: (images.find((one) => one.isMain) ?? images[0])?.id ?? null,
      },
    ]),
  );
  return chooseReferences({
    overrides: {},
    sentence: {
      ...NOTHING_ELSE,
      text,
      // Of those outside the cast this page knows nothing.
      characterIds: characterIds?.filter((id) => members.has(id)) ?? null,
    },
    characters: members,
    cast: [...members.keys()],
  });
}

/**
 * What `{characters}` becomes for a shot.
 * @param model null: the default workflow, which takes reference pictures where there are any
 */
export function charactersOf(shot: Shot, cast: readonly Character[], model: Model | null): string {
  const { references, people } = shotPeople(shot, cast);
  return describeCharacters(people, model ? fitReferences(model, references, []) : references);
}

const NOTHING_ELSE = { imagePrompt: null, modelId: null, styleId: null, seed: null, isSeedLocked: false };
