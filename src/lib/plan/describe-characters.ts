import type { PlanCharacter, Reference } from "./plan";

/**
 * What stands for `{characters}`: where reference pictures are given to the workflow, which of them is who, in
 * their order; else the descriptions of the shot's characters, of whom a name alone would say nothing.
 * @param people the shot's characters
 * @param references those that are given to the workflow
 */
export function describeCharacters(
  people: readonly PlanCharacter[],
  references: readonly Pick<Reference, "characterId">[],
): string {
  if (references.length > 0)
    return listed(
      references.map(({ characterId }, index) => {
        const person = people.find((one) => one.id === characterId);
        return person ? `image ${index + 1} is ${described(person)}` : "";
      }),
    );
  return listed(people.map((one) => (inOneLine(one.description) === "" ? "" : described(one))));
}

function described({ name, description }: PlanCharacter): string {
  const words = inOneLine(description);
  return words === "" ? inOneLine(name) : `${inOneLine(name)}: ${words}`;
}

const inOneLine = (text: string) => text.trim().replace(/\s+/g, " ");

/** Divided by semicolons; a full stop before one goes. */
function listed(items: readonly string[]): string {
  const said = items.filter((item) => item !== "");
  return said.map((item, index) => (index < said.length - 1 ? item.replace(/[.;,]+$/, "") : item)).join("; ");
}
