/**
 * Which of a board's sections go on in a new script: the same title, the k-th to the k-th; else the section from which
 * most of its sentences come, where its own title is gone.
 * @param titles of the new script
 * @param origins for each new section the ids of the old sections that its sentences come from, one for each sentence
 * @returns for each new section the id of the old one, or null
 */
export function matchSections(
  before: readonly { id: string; title: string }[],
  titles: readonly string[],
  origins: readonly (readonly string[])[],
): (string | null)[] {
  const free = new Map(before.map((one) => [one.id, one.title]));
  const partner = titles.map((title) => {
    const found = [...free].find(([, known]) => known === title);
    if (found) free.delete(found[0]);
    return found?.[0] ?? null;
  });
  for (const [index, known] of partner.entries()) {
    if (known !== null) continue;
    const votes = Map.groupBy(
      origins[index]!.filter((id) => free.has(id)),
      (id) => id,
    );
    const [most] = [...votes].toSorted(([, a], [, b]) => b.length - a.length);
    if (!most) continue;
    partner[index] = most[0];
    free.delete(most[0]);
  }
  return partner;
}
