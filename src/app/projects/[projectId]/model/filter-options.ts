import type { Sentence } from "@/lib/schemas/sentence";
import {
  type Cast,
  charactersOf,
  type Filter,
  hasMark,
  isOfKind,
  KINDS,
  MARKS,
  matcherOf,
  NO_STYLE,
  type ProjectSection,
  shownStyle,
} from "./filter";

/** The parts of a filter that are lists to choose from. */
export type FilterPart = "kinds" | "marks" | "characters" | "styles" | "sections";

export interface FilterOption {
  part: FilterPart;
  value: string;
  name: string;
  /** Shots that it would show, with the other parts of the filter as they are. */
  count: number;
}

interface Names {
  kinds: Record<string, string>;
  marks: Record<string, string>;
  cast: Cast;
  styles: readonly { id: string; name: string }[];
}

/** Everything that the shots of a board can be filtered by; what none of them has is left out, unless it is on. */
export function filterOptions(
  sections: readonly ProjectSection[],
  filter: Filter,
  { kinds, marks, cast, styles }: Names,
): FilterOption[] {
  const sentences = sections.flatMap((section) => section.sentences);
  const count = (part: FilterPart, has: (one: Sentence, value: string) => boolean) => {
    // Marks add up, so that those that are on narrow down what another one would show.
    const others = part === "marks" ? filter : { ...filter, [part]: [] };
    const rest = sentences.filter(matcherOf(others, cast));
    return (value: string, name: string): FilterOption[] => {
      const number = rest.filter((one) => has(one, value)).length;
      const isOn = (filter[part] as readonly string[]).includes(value);
      return number > 0 || isOn || part === "kinds" ? [{ part, value, name, count: number }] : [];
    };
  };
  const ofKind = count("kinds", (one, value) => isOfKind(value as (typeof KINDS)[number], one));
  const ofMark = count("marks", (one, value) => hasMark(value as (typeof MARKS)[number], one));
  const ofCharacter = count("characters", (one, value) => charactersOf(one, cast).includes(value));
  const ofStyle = count("styles", (one, value) => shownStyle(one) === value);
  const ofSection = count("sections", (one, value) => one.sectionId === value);
  return [
    ...KINDS.flatMap((kind) => ofKind(kind, kinds[kind]!)),
    ...MARKS.flatMap((mark) => ofMark(mark, marks[mark]!)),
    ...cast.flatMap(({ id, name }) => ofCharacter(id, name)),
    ...[...styles, { id: NO_STYLE, name: "No style" }].flatMap(({ id, name }) => ofStyle(id, name)),
    ...sections.flatMap(({ id, title }) => ofSection(id, title)),
  ];
}

/** The filter with one choice put on or taken away. */
export function toggled(filter: Filter, part: FilterPart, value: string): Filter {
  const known = filter[part] as readonly string[];
  const next = known.includes(value) ? known.filter((one) => one !== value) : [...known, value];
  return { ...filter, [part]: next };
}
