import { describe, expect, test } from "vitest";
import { referenceWarnings } from "@/app/projects/[projectId]/model/reference-warnings";
import { makeCharacter, makeModel, makeStyle } from "./make-library";

const model = (maxReferences: number) => makeModel("m", { maxReferences });
const demanding = makeStyle("s", { name: "Portrait", requiresCharacterRef: true });
const cast = [
  makeCharacter("mira", "Mira"),
  makeCharacter("tor", "Tor"),
  makeCharacter("ferry", "The ferry", 0),
];
const shot = (text: string, characterIds: string[] | null = null) => ({ text, characterIds });
const fatal = (texts: { text: string; isFatal: boolean }[]) =>
  texts.filter((one) => one.isFatal).map((one) => one.text);

describe("before a shot is painted it is told", () => {
  test("nothing, where all is well", () => {
    expect(referenceWarnings(shot("Mira rows."), cast, demanding, model(2))).toEqual([]);
    expect(referenceWarnings(shot("Nobody rows."), cast, null, model(0))).toEqual([]);
    expect(referenceWarnings(shot("Mira rows."), cast, demanding, null)).toEqual([]);
  });

  test("that its style wants a reference and it has none", () => {
    expect(fatal(referenceWarnings(shot("Nobody rows."), cast, demanding, model(2)))).toEqual([
      'The style "Portrait" needs a character with a reference picture, and this shot has none.',
    ]);
    // Found, but without a picture, or left out by hand.
    expect(fatal(referenceWarnings(shot("The ferry leaves."), cast, demanding, model(2)))).toHaveLength(1);
    expect(fatal(referenceWarnings(shot("Mira rows.", []), cast, demanding, model(2)))).toHaveLength(1);
    expect(fatal(referenceWarnings(shot("Mira rows."), cast, demanding, model(0)))).toHaveLength(1);
  });

  test("that its model takes none, or not so many", () => {
    expect(referenceWarnings(shot("Mira rows."), cast, null, model(0))).toEqual([
      { text: "M takes no reference pictures: those of characters are left out.", isFatal: false },
    ]);
    expect(referenceWarnings(shot("Mira and Tor row."), cast, null, model(1))).toEqual([
      {
        text: "M takes at most 1 reference picture: 1 of this shot's is left out.",
        isFatal: false,
      },
    ]);
  });

  test("that somebody in it has no picture yet", () => {
    expect(referenceWarnings(shot("The ferry leaves."), cast, null, model(2))).toEqual([
      { text: "The ferry has no reference picture and is left out.", isFatal: false },
    ]);
  });

  test("nothing of characters that are not in the cast", () => {
    expect(referenceWarnings(shot("Somebody.", ["stranger"]), cast, null, model(2))).toEqual([]);
  });
});
