import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerptOf, fold, markMatches, searchedWords } from "@/app/projects/[projectId]/model/fold";

const marked = (text: string, query: string) =>
  markMatches(text, searchedWords(query)).map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part));

describe("a search", () => {
  test.each([
    ["Crème brûlée", "creme brulee"],
    ["CRE\u0300ME", "creme"],
    ["Łódź", "lodz"],
    ["Straße", "strasse"],
    ["Smørrebrød", "smorrebrod"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσευσ"],
    ["東京の夜", "東京の夜"],
  ])("finds %s as %s", (text, words) => {
    expect(fold(text)).toBe(words);
  });

  test("marks what it found where it stands, in the text's own letters", () => {
    expect(marked("A café, a CAFÉ.", "cafe")).toEqual(["A ", "[café]", ", a ", "[CAFÉ]", "."]);
    expect(marked("cafe\u0301s", "cafe")).toEqual(["[cafe\u0301]", "s"]);
    expect(marked("Straße", "ss")).toEqual(["Stra", "[ß]", "e"]);
    expect(marked("the ferry", "ferry the")).toEqual(["[the]", " ", "[ferry]"]);
    expect(marked("aaaa", "aa")).toEqual(["[aaaa]"]);
    expect(marked("nothing", "x")).toEqual(["nothing"]);
  });

  test("shows of a long text the part from a little before what it found on", () => {
    const excerpt = (text: string, query: string) => excerptOf(text, searchedWords(query));
    expect(excerpt("A pier in fog", "pier")).toBe("A pier in fog");
    expect(excerpt("A short white lighthouse with one red band in fog, wide", "fog")).toBe("…in fog, wide");
    expect(excerpt("東京の夜".repeat(10) + "灯台", "灯台")).toBe("…灯台");
    expect(excerpt("An empty pier", "fog")).toBeNull();
  });

  test("marks parts that are the text together, whatever is in it", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(
          markMatches(`${one}${other}`, searchedWords(other))
            .map((part) => part.text)
            .join(""),
        ).toBe(`${one}${other}`);
      }),
    );
  });
});
