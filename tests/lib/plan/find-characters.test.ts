import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCharacters } from "@/lib/plan/find-characters";

const find = (text: string, ...names: string[]) =>
  findCharacters(
    text,
    names.map((name) => ({ id: name, name })),
  );

describe("the characters in a text", () => {
  test("come in the order of their first mention", () => {
    expect(find("Jonas waited, then Mira came, then Jonas left.", "Mira", "Jonas")).toEqual([
      "Jonas",
      "Mira",
    ]);
  });

  test.each([
    ["a whole word", "Ann rows.", "Ann"],
    ["any case", "ANN rows.", "Ann"],
    ["a possessive", "Ann's boat", "Ann"],
    ["a possessive with a typographic apostrophe", "Ann’s boat", "Ann"],
    ["a possessive without an s", "James' boat", "James"],
    ["in quotation marks", "“Ann”, he said", "Ann"],
    ["behind a dash", "the pilot—Ann—rows", "Ann"],
    ["a name of two words", "Old Mira Solberg rows.", "Mira Solberg"],
    ["a name of two words over a line break", "Old Mira\n  Solberg rows.", "Mira Solberg"],
    ["a name with blanks around it", "Ann rows.", "  Ann "],
    ["a name with dots", "Dr. Who? rows.", "Dr. Who?"],
    ["letters with accents", "José rema.", "José"],
    ["accents written as two characters in the text", "Jose\u0301 rema.", "José"],
    ["accents written as two characters in the name", "José rema.", "Jose\u0301"],
    ["Cyrillic, any case", "Здесь живёт АННА.", "Анна"],
    ["Arabic", "جاء سالم إلى الميناء", "سالم"],
    ["Chinese, which has no blanks between words", "老水手米拉站在灯塔旁", "米拉"],
    ["Japanese, with a particle behind", "ミラは港に立つ", "ミラ"],
    ["Korean, with a particle behind", "미라는 항구에 서 있다", "미라"],
    ["Thai", "กัปตันมีราเดินเรือ", "มีรา"],
  ])("are found as %s", (_, text, name) => {
    expect(find(text, name)).toEqual([name]);
  });

  test.each([
    ["a part of a word", "Annabel rows.", "Ann"],
    ["the end of a word", "Joann rows.", "Ann"],
    ["a part of an accented word", "Anné rows.", "Ann"],
    ["a part of a word whose accent is a character of its own", "Ane\u0301e", "Ane"],
    ["a word with a digit behind", "Ann2 rows.", "Ann"],
    ["a pattern", "Axn rows.", "A.n"],
    ["an empty name", "Ann rows.", "   "],
  ])("are not found in %s", (_, text, name) => {
    expect(find(text, name)).toEqual([]);
  });

  test("are found whatever signs a name has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        fc.pre(name.trim() !== "");
        expect(find(`There, ${name}, at last.`, name)).toEqual([name]);
      }),
    );
  });

  test("are each found once", () => {
    expect(findCharacters("Ann, Ann, Ann", [{ id: "a", name: "Ann" }])).toEqual(["a"]);
  });
});
