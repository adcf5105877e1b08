import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asciiWords, slug } from "@/lib/download/ascii";
import { downloadName, pictureName } from "@/lib/download/picture-name";

const name = (number: number, section: string, text: string, total = 24) =>
  pictureName({ number, section, text }, total);

describe("a picture's name", () => {
  test("has the number, the section and the first words", () => {
    expect(name(1, "A tower at the edge of the map", "Forty miles past the last road.")).toBe(
      "001_a-tower-at-the-edge-of_forty-miles-past-the-last-road.png",
    );
  });

  test("is ASCII: accents fall, letters without one are written as people do", () => {
    expect(name(7, "Öst & väst", "Straße nach Łódź, l’île d'Ærø")).toBe(
      "007_ost-vast_strasse-nach-lodz-lile-daero.png",
    );
    expect(asciiWords("½ ﬁne ＡＢＣ")).toEqual(["1", "2", "fine", "abc"]);
  });

  test("of another script keeps what is left", () => {
    expect(name(12, "第一章", "灯台 1871 に建てられた")).toBe("012_1871.png");
    expect(name(12, "第一章", "灯台")).toBe("012.png");
  });

  test("has four digits on a board of 1,000 shots, so that names sort as the board does", () => {
    expect(name(7, "One", "Two", 999)).toBe("007_one_two.png");
    expect(name(7, "One", "Two", 1_000)).toBe("0007_one_two.png");
  });

  test("is never longer than 80 characters, ASCII, and sorts as the board does, whatever the script", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ section: fc.string({ unit: "grapheme" }), text: fc.string({ unit: "grapheme" }) }),
          {
            minLength: 1,
            maxLength: 30,
          },
        ),
        fc.integer({ min: 0, max: 9_900 }),
        (shots, before) => {
          const total = before + shots.length;
          const names = shots.map((shot, index) =>
            pictureName({ ...shot, number: before + index + 1 }, total),
          );
          for (const one of names) {
            expect(one.length).toBeLessThanOrEqual(80);
            expect(one).toMatch(/^\d{3,5}(_[a-z0-9]+(-[a-z0-9]+)*)*\.png$/);
          }
          expect(names.toSorted()).toEqual(names);
          expect(new Set(names).size).toBe(names.length);
        },
      ),
    );
  });

  test("cuts a single word that is longer than the room", () => {
    expect(slug("x".repeat(100), 10)).toBe("x".repeat(10));
    expect(name(1, "s".repeat(90), "t".repeat(90)).length).toBe(80);
  });
});

test("a download is named after its project, or after us", () => {
  expect(downloadName("The Last Light on Skarv Island")).toBe("the-last-light-on-skarv-island.zip");
  expect(downloadName("灯台")).toBe("shotboard.zip");
  expect(downloadName('../"evil"\r\nname')).toBe("evil-name.zip");
});
