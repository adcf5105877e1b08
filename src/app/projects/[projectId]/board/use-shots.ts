"use client";
import { useMemo } from "react";
import type { Project } from "@/lib/schemas/project";
import { type Cast, countShots, type Filter, filterSections } from "../model/filter";
import { placesInLine } from "../model/places";
import { useStableMap } from "./use-stable-map";

/** The shots of a project in the forms that the parts of the board need; what did not change stays the same. */
export function useShots(project: Project, filter: Filter, cast: Cast) {
  const { sections } = project;
  /** All of them, in board order. */
  const sentences = useMemo(() => sections.flatMap((section) => section.sentences), [sections]);
  /** Their numbers, from 1. */
  const numbers = useStableMap(
    useMemo(() => new Map(sentences.map((one, index) => [one.id, index + 1])), [sentences]),
  );
  /** Places of the waiting ones in line, from 1. */
  const places = useStableMap(useMemo(() => placesInLine(sentences), [sentences]));
  const counts = useMemo(() => countShots(sentences), [sentences]);
  /** What the filter shows. */
  const shown = useMemo(() => filterSections(sections, filter, cast), [sections, filter, cast]);
  const order = useMemo(() => shown.flatMap((section) => section.sentences.map((one) => one.id)), [shown]);
  const sizes = useMemo(() => shown.map((section) => section.sentences.length), [shown]);
  return { sentences, numbers, places, counts, shown, order, sizes };
}
