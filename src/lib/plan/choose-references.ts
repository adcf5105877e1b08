import { findCharacters } from "./find-characters";
import type { PlanCharacter, PlanInputs, PlanModel, Reference } from "./plan";

/**
 * The reference pictures that are asked for: the main image of each of the request's characters, else the
 * sentence's, else the cast members whose names stand in its text; and all of these people, in the same order.
 * Characters without a picture are noted.
 */
export function chooseReferences({
  overrides,
  sentence,
  characters,
  cast,
}: Pick<PlanInputs, "overrides" | "sentence" | "characters" | "cast">): {
  references: Reference[];
  people: PlanCharacter[];
  notes: string[];
} {
  const members = cast.flatMap((id) => characters.get(id) ?? []);
  const ids = overrides.characterRefs ?? sentence.characterIds ?? findCharacters(sentence.text, members);
  const references: Reference[] = [];
  const people: PlanCharacter[] = [];
  const notes: string[] = [];
  for (const id of new Set(ids)) {
    const character = characters.get(id);
    if (character) people.push(character);
    if (!character) notes.push(`A character that no longer exists is left out.`);
    else if (character.mainImageId === null)
      notes.push(`${character.name} has no reference picture and is left out.`);
    else references.push({ characterId: id, imageId: character.mainImageId });
  }
  return { references, people, notes };
}

/** Those of the references that a model takes; what is left out is noted. */
export function fitReferences(
  model: Pick<PlanModel, "name" | "maxReferences">,
  references: Reference[],
  notes: string[],
): Reference[] {
  if (references.length === 0) return [];
  if (model.maxReferences === 0) {
    notes.push(`${model.name} takes no reference pictures: those of characters are left out.`);
    return [];
  }
  const over = references.length - model.maxReferences;
  if (over > 0)
    notes.push(
      `${model.name} takes at most ${pictures(model.maxReferences)}: ${over} of this shot's ${over === 1 ? "is" : "are"} left out.`,
    );
  return references.slice(0, model.maxReferences);
}

const pictures = (count: number) => `${count} reference ${count === 1 ? "picture" : "pictures"}`;
