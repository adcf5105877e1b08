import { describe, expect, test } from "vitest";
import {
  ALL_SHOTS,
  type Filter,
  filterSections,
  isFiltering,
  matcherOf,
  NO_STYLE,
} from "@/app/projects/[projectId]/model/filter";
import { filterOptions, toggled } from "@/app/projects/[projectId]/model/filter-options";
import type { Sentence } from "@/lib/schemas/sentence";
import { makePainted, makeProject, makeQueued, makeShot } from "./make-board";

const cast = [
  { id: "mira", name: "Mira" },
  { id: "boat", name: "the ferry" },
];
const made = (styleId: string | null, renderer: "comfyui" | "own" = "comfyui"): Partial<Sentence> => ({
  shownTake: { renderer, modelId: null, styleId, isPromptChanged: false },
});
const shots = [
  makeShot("missing", { text: "Mira waits at the quay." }),
  makePainted("dirty", { isImageDirty: true, isLocked: true, ...made("noir") }),
  makePainted("done", { text: "The ferry leaves.", ...made(null) }),
  makePainted("own", { isLocked: true, isFlagged: true, ...made(null, "own") }),
  makeQueued("open", {}, { imagePrompt: "A café in Łódź, façade", characterIds: ["mira"] }),
  makeShot("failed", { status: "failed", text: "Mira sleeps.", characterIds: [] }),
];
const project = makeProject(
  shots.slice(0, 3).map((one) => ({ ...one, sectionId: "section-0" })),
  shots.slice(3).map((one) => ({ ...one, sectionId: "section-1" })),
);
const shown = (some: Partial<Filter>) =>
  filterSections(project.sections, { ...ALL_SHOTS, ...some }, cast).flatMap((section) =>
    section.sentences.map((one) => one.id),
  );

describe("a filter", () => {
  test.each<[string, Partial<Filter>, string[]]>([
    ["nothing", {}, ["missing", "dirty", "done", "own", "open", "failed"]],
    ["what has no picture", { kinds: ["missing"] }, ["missing", "open", "failed"]],
    ["what changed", { kinds: ["dirty"] }, ["dirty"]],
    ["what failed", { kinds: ["failed"] }, ["failed"]],
    ["what is in line", { kinds: ["open"] }, ["open"]],
    ["what is done", { kinds: ["done"] }, ["done", "own"]],
    ["either of two states", { kinds: ["dirty", "failed"] }, ["dirty", "failed"]],
    ["what is locked", { marks: ["locked"] }, ["dirty", "own"]],
    ["what is locked and flagged", { marks: ["locked", "flagged"] }, ["own"]],
    ["own pictures", { marks: ["own"] }, ["own"]],
    ["a character, found in the text or chosen", { characters: ["mira"] }, ["missing", "open"]],
    ["either of two characters", { characters: ["mira", "boat"] }, ["missing", "done", "open"]],
    ["the style of the picture", { styles: ["noir"] }, ["dirty"]],
    ["painted in no style, which an own picture is not", { styles: [NO_STYLE] }, ["done"]],
    ["a section", { sections: ["section-1"] }, ["own", "open", "failed"]],
    ["parts that narrow each other down", { kinds: ["dirty", "done"], marks: ["locked"] }, ["dirty", "own"]],
    ["words without their marks, anywhere", { text: "cafe LODZ" }, ["open"]],
    ["marks that the text has not", { text: "quáy" }, ["missing"]],
    ["all words, not one of them", { text: "mira ferry" }, []],
    ["blanks", { text: "  " }, ["missing", "dirty", "done", "own", "open", "failed"]],
  ])("of %s", (_, some, ids) => {
    expect(shown(some)).toEqual(ids);
  });

  test("of what failed shows those too of which one of several takes did", () => {
    const error = { code: "node_error", message: "No file.", field: null, remedy: null };
    const { sections } = makeProject([makePainted("lost", { error }), makePainted("done")]);
    const [section] = filterSections(sections, { ...ALL_SHOTS, kinds: ["failed"] }, cast);
    expect(section?.sentences.map((one) => one.id)).toEqual(["lost"]);
  });

  test("that shows everything keeps the sections as they are, empty ones too", () => {
    const sections = makeProject([], shots).sections;
    expect(filterSections(sections, ALL_SHOTS, cast)).toBe(sections);
    expect(filterSections(sections, { ...ALL_SHOTS, marks: ["own"] }, cast)).toHaveLength(1);
    expect(isFiltering({ ...ALL_SHOTS, text: " " })).toBe(false);
  });
});

describe("the choices of a filter", () => {
  const names = {
    kinds: { missing: "Missing", dirty: "Changed", failed: "Failed", open: "In line", done: "Done" },
    marks: { locked: "Locked", flagged: "Flagged", own: "Own picture" },
    cast,
    styles: [
      { id: "noir", name: "Noir" },
      { id: "engraving", name: "Engraving" },
    ],
  };
  const counts = (filter: Filter) =>
    Object.fromEntries(
      filterOptions(project.sections, filter, names).map(({ value, count }) => [value, count]),
    );

  test("say how many shots each would show, and leave out what none has", () => {
    expect(counts(ALL_SHOTS)).toEqual({
      missing: 3,
      dirty: 1,
      failed: 1,
      open: 1,
      done: 2,
      locked: 2,
      flagged: 1,
      own: 1,
      mira: 2,
      boat: 1,
      noir: 1,
      [NO_STYLE]: 1,
      "section-0": 3,
      "section-1": 3,
    });
  });

  test("count within what the other groups leave", () => {
    expect(counts({ ...ALL_SHOTS, sections: ["section-1"], marks: ["locked"] })).toMatchObject({
      done: 1,
      dirty: 0,
      flagged: 1,
      "section-0": 1,
      "section-1": 1,
    });
  });

  test("are put on and taken away", () => {
    const on = toggled(toggled(ALL_SHOTS, "kinds", "dirty"), "kinds", "failed");
    expect(on.kinds).toEqual(["dirty", "failed"]);
    expect(toggled(on, "kinds", "dirty").kinds).toEqual(["failed"]);
    expect(shots.filter(matcherOf(on, cast))).toHaveLength(2);
  });
});
