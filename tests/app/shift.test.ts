import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeAt, placeBeside, placesOf, shift, type ShotMove } from "@/app/projects/[projectId]/model/shift";
import { makeProject, makeShot } from "./make-board";

const board = (...sections: string[]) =>
  makeProject(...sections.map((ids) => ids.split("").map((id) => makeShot(id)))).sections;
type Sections = ReturnType<typeof board>;

/** What the server does: all are taken out, then put in one by one. */
const apply = (sections: Sections, moves: readonly ShotMove[]) => {
  const moved = new Set(moves.map((one) => one.sentenceId));
  const lists = new Map(
    sections.map((one) => [one.id, one.sentences.map(({ id }) => id).filter((id) => !moved.has(id))]),
  );
  for (const { sectionId, position, sentenceId } of moves)
    lists.get(sectionId)!.splice(position, 0, sentenceId);
  return [...lists.values()].map((ids) => ids.join("")).join("|");
};
const chosen = (ids: string) => new Set(ids);

describe("shots that are moved by keys", () => {
  test.each<[string, string[], string, -1 | 1, string]>([
    ["one back", ["abcd"], "c", -1, "acbd"],
    ["one on", ["abcd"], "b", 1, "acbd"],
    ["a block", ["abcd"], "bc", 1, "adbc"],
    ["several as a block", ["abcd"], "ac", 1, "bdac"],
    ["over the edge of a section", ["ab", "cd"], "b", 1, "a|bcd"],
    ["back over it", ["ab", "cd"], "c", -1, "abc|d"],
    ["into an empty section", ["ab", ""], "b", 1, "a|b"],
  ])("go %s", (_, sections, ids, by, expected) => {
    expect(apply(board(...sections), shift(board(...sections), chosen(ids), by))).toBe(expected);
  });

  test("stay at an end of the board", () => {
    expect(shift(board("ab"), chosen("a"), -1)).toEqual([]);
    expect(shift(board("ab", "c"), chosen("c"), 1)).toEqual([]);
    expect(shift(board("ab"), chosen(""), 1)).toEqual([]);
  });
});

describe("shots that are dropped", () => {
  test.each<[string, string, "before" | "after", string]>([
    ["a", "c", "before", "bacd"],
    ["a", "c", "after", "bcad"],
    ["bd", "a", "before", "bdac"],
    ["bc", "b", "after", "abcd"],
    ["ad", "d", "after", "bcad"],
  ])("%s beside %s: %s", (ids, target, side, expected) => {
    expect(apply(board("abcd"), placeBeside(board("abcd"), chosen(ids), target, side))).toBe(expected);
  });

  test("go to a place of another section in board order", () => {
    expect(apply(board("abc", "xy"), placeAt(board("abc", "xy"), chosen("ca"), "section-1", 1))).toBe(
      "b|xacy",
    );
  });
});

test("whatever was moved goes back to where it stood", () => {
  const letters = "abcdefgh";
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8 }),
      fc.subarray([...letters], { minLength: 1 }),
      fc.constantFrom(...letters),
      fc.constantFrom("before" as const, "after" as const),
      (cut, ids, target, side) => {
        const before = board(letters.slice(0, cut), letters.slice(cut));
        const set = new Set(ids);
        const moves = placeBeside(before, set, target, side);
        const after = apply(before, moves).split("|");
        const moved = before.map((section, index) => ({
          ...section,
          sentences: [...after[index]!].map((id) => makeShot(id)),
        }));
        expect(apply(moved, placesOf(before, set))).toBe(`${letters.slice(0, cut)}|${letters.slice(cut)}`);
      },
    ),
  );
});
