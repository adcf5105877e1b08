import { describe, expect, test } from "vitest";
import {
  type BoardAddress,
  formatAddress,
  parseAddress,
} from "@/app/projects/[projectId]/model/board-address";
import { ALL_SHOTS } from "@/app/projects/[projectId]/model/filter";

const parse = (search: string) => parseAddress(new URLSearchParams(search));

describe("a board's address", () => {
  test("says view, search, filters and selection, and is read as it was written", () => {
    const address: BoardAddress = {
      layout: "table",
      filter: {
        text: "a café, & 50 %",
        kinds: ["missing", "failed"],
        marks: ["locked"],
        characters: ["mira"],
        styles: ["-", "noir"],
        sections: ["one"],
      },
      shots: ["s1", "s2"],
    };
    expect(parse(formatAddress(address))).toEqual(address);
  });

  test("is the plain one where there is nothing to say", () => {
    expect(formatAddress({ layout: "grid", filter: ALL_SHOTS, shots: [] })).toBe("");
    expect(parse("")).toEqual({ layout: null, filter: ALL_SHOTS, shots: [] });
  });

  test("does not name more shots than an address has room for", () => {
    const shots = Array.from({ length: 41 }, (_, index) => `s${index}`);
    expect(formatAddress({ layout: "grid", filter: ALL_SHOTS, shots })).toBe("");
    expect(
      parse(formatAddress({ layout: "grid", filter: ALL_SHOTS, shots: shots.slice(1) })).shots,
    ).toHaveLength(40);
  });

  test("is read without what is odd in it", () => {
    const { layout, filter, shots } = parse("?view=wall&show=dirty,odd,%00&style=No+such&shot=../x,s1&q=");
    expect(layout).toBeNull();
    expect(filter).toEqual({ ...ALL_SHOTS, kinds: ["dirty"] });
    expect(shots).toEqual(["s1"]);
  });
});
