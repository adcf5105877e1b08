import { findCharacters } from "@/lib/plan/find-characters";
import type { Character } from "@/lib/schemas/character";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { fold, searchedWords } from "./fold";
import { hasFailure } from "./shot-state";

/** What a shot is, as it is filtered by. */
export const KINDS = ["missing", "dirty", "failed", "open", "done"] as const;
export type Kind = (typeof KINDS)[number];
/** What was done to a shot by hand. */
export const MARKS = ["locked", "flagged", "own"] as const;
export type Mark = (typeof MARKS)[number];
/** The style of pictures that were made with none. */
export const NO_STYLE = "-";

/** Which shots the board shows: those that fit every part that says anything. */
export interface Filter {
  /** Words in the sentence or the prompt, all of them. */
  text: string;
  /** One of these. */
  kinds: readonly Kind[];
  /** All of these. */
  marks: readonly Mark[];
  /** With one of these characters, found or chosen. */
  characters: readonly string[];
  /** Its picture made in one of these styles; `-` for none. */
  styles: readonly string[];
  sections: readonly string[];
}

export const ALL_SHOTS: Filter = {
  text: "",
  kinds: [],
  marks: [],
  characters: [],
  styles: [],
  sections: [],
};

export type ProjectSection = Project["sections"][number];
export type Cast = readonly Pick<Character, "id" | "name">[];

export const isFiltering = ({ text, kinds, marks, characters, styles, sections }: Filter): boolean =>
  text.trim() !== "" || [kinds, marks, characters, styles, sections].some((some) => some.length > 0);

/** Whether a shot is of a kind. A missing one stays so until its picture is there. */
export function isOfKind(kind: Kind, sentence: Sentence): boolean {
  switch (kind) {
    case "missing":
      return sentence.imageUrl === null;
    case "dirty":
      return sentence.imageUrl !== null && sentence.isImageDirty;
    case "failed":
      return hasFailure(sentence);
    case "open":
      return sentence.status === "generating";
    case "done":
      return sentence.status === "completed" && sentence.imageUrl !== null && !sentence.isImageDirty;
  }
}

export function hasMark(mark: Mark, sentence: Sentence): boolean {
  switch (mark) {
    case "locked":
      return sentence.isLocked;
    case "flagged":
      return sentence.isFlagged;
    case "own":
      return sentence.shownTake?.renderer === "own";
  }
}

/** The style of the picture that a shot shows; null where it shows none that was painted. */
export function shownStyle({ shownTake }: Sentence): string | null {
  if (shownTake === null || shownTake.renderer === "own") return null;
  return shownTake.styleId ?? NO_STYLE;
}

const found = new WeakMap<Cast, WeakMap<Sentence, readonly string[]>>();

/** Ids of the characters in a shot, chosen or found in its text; each shot is searched once. */
export function charactersOf(sentence: Sentence, cast: Cast): readonly string[] {
  if (sentence.characterIds !== null) return sentence.characterIds;
  let known = found.get(cast);
  if (!known) found.set(cast, (known = new WeakMap()));
  let ids = known.get(sentence);
  if (!ids) known.set(sentence, (ids = findCharacters(sentence.text, cast)));
  return ids;
}

const folded = new WeakMap<Sentence, string>();

function searchText(sentence: Sentence): string {
  let text = folded.get(sentence);
  if (text === undefined)
    folded.set(sentence, (text = fold(`${sentence.text}\n${sentence.imagePrompt ?? ""}`)));
  return text;
}

/** Tells the shots that a filter shows. */
export function matcherOf(filter: Filter, cast: Cast): (sentence: Sentence) => boolean {
  const { kinds, marks, characters, styles, sections } = filter;
  const words = searchedWords(filter.text);
  return (one) =>
    (kinds.length === 0 || kinds.some((kind) => isOfKind(kind, one))) &&
    marks.every((mark) => hasMark(mark, one)) &&
    (sections.length === 0 || sections.includes(one.sectionId)) &&
    (styles.length === 0 || styles.includes(shownStyle(one) ?? "")) &&
    (characters.length === 0 || charactersOf(one, cast).some((id) => characters.includes(id))) &&
    words.every((word) => searchText(one).includes(word));
}

/** The sections with the shots that a filter shows; sections without any are left out, except unfiltered. */
export function filterSections(
  sections: readonly ProjectSection[],
  filter: Filter,
  cast: Cast,
): readonly ProjectSection[] {
  if (!isFiltering(filter)) return sections;
  const matches = matcherOf(filter, cast);
  return sections
    .map((section) => ({ ...section, sentences: section.sentences.filter(matches) }))
    .filter((section) => section.sentences.length > 0);
}

export interface Counts {
  shots: number;
  /** Shots that have a picture. */
  pictures: number;
  missing: number;
  dirty: number;
  failed: number;
  /** Shots in the line or being painted. */
  open: number;
}

/** How many shots of each kind there are. */
export function countShots(sentences: readonly Sentence[]): Counts {
  const counts: Counts = { shots: sentences.length, pictures: 0, missing: 0, dirty: 0, failed: 0, open: 0 };
  for (const one of sentences) {
    if (one.imageUrl !== null) counts.pictures += 1;
    for (const kind of ["missing", "dirty", "failed", "open"] as const)
      if (isOfKind(kind, one)) counts[kind] += 1;
  }
  return counts;
}
