import type { ProjectSection } from "./filter";

/** Where a shot goes: among the shots of a section that are shown, once those that move are taken out. */
export interface ShotMove {
  sentenceId: string;
  sectionId: string;
  position: number;
}

type Sections = readonly Pick<ProjectSection, "id" | "sentences">[];

const isIn = (chosen: ReadonlySet<string>) => (one: { id: string }) => chosen.has(one.id);

/** The chosen shots in board order, put before another one, or behind it. */
export function placeBeside(
  sections: Sections,
  chosen: ReadonlySet<string>,
  target: string,
  side: "before" | "after",
): ShotMove[] {
  const section = sections.find((one) => one.sentences.some((each) => each.id === target));
  if (!section) return [];
  const rest = section.sentences.filter((one) => !chosen.has(one.id));
  // Beside one of those that move: where the next one that stays stands.
  const from = section.sentences.findIndex((one) => one.id === target);
  const stays = section.sentences
    .slice(side === "after" ? from + 1 : from)
    .find((one) => !chosen.has(one.id));
  const position = stays ? rest.indexOf(stays) : rest.length;
  return placeAt(sections, chosen, section.id, position);
}

/** The chosen shots in board order, at a place of a section, counted without them. */
export function placeAt(
  sections: Sections,
  chosen: ReadonlySet<string>,
  sectionId: string,
  position: number,
): ShotMove[] {
  return sections
    .flatMap((section) => section.sentences)
    .filter(isIn(chosen))
    .map((one, index) => ({ sentenceId: one.id, sectionId, position: position + index }));
}

/** The chosen shots in board order, behind all others of a section. */
export function placeAtEnd(sections: Sections, chosen: ReadonlySet<string>, sectionId: string): ShotMove[] {
  const others = sections.find((one) => one.id === sectionId)?.sentences.filter((one) => !chosen.has(one.id));
  return others ? placeAt(sections, chosen, sectionId, others.length) : [];
}

/** The chosen shots as a block one place on, over the edge of a section into the next one; none at an end of the board. */
export function shift(sections: Sections, chosen: ReadonlySet<string>, by: -1 | 1): ShotMove[] {
  const at = by < 0 ? sections.findIndex(hasChosen(chosen)) : sections.findLastIndex(hasChosen(chosen));
  const section = sections[at];
  if (!section) return [];
  const { sentences } = section;
  const edge = by < 0 ? sentences.findIndex(isIn(chosen)) : sentences.findLastIndex(isIn(chosen));
  const neighbour = sentences[edge + by];
  if (neighbour) return placeBeside(sections, chosen, neighbour.id, by < 0 ? "before" : "after");
  const beside = sections[at + by];
  if (beside) return placeAt(sections, chosen, beside.id, by < 0 ? beside.sentences.length : 0);
  return [];
}

const hasChosen = (chosen: ReadonlySet<string>) => (section: Sections[number]) =>
  section.sentences.some(isIn(chosen));

/** The moves that bring shots back to where they stand now. */
export function placesOf(sections: Sections, ids: ReadonlySet<string>): ShotMove[] {
  return sections.flatMap((section) =>
    section.sentences.flatMap((one, position) =>
      ids.has(one.id) ? [{ sentenceId: one.id, sectionId: section.id, position }] : [],
    ),
  );
}
