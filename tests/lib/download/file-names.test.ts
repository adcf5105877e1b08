import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachment, pictureFileName, zipFileName } from "@/lib/download/file-names";
import { slug } from "@/lib/download/slug";

const name = (number: number, sectionTitle: string, text: string, total = 400) =>
  pictureFileName({ number, sectionTitle, text }, total);

describe("a picture's name", () => {
  test.each<[string, string, string]>([
    [
      "number, section and first words",
      name(1, "The Crossing", "The ferry left at dawn."),
      "001_the-crossing_the-ferry-left-at-dawn.png",
    ],
    ["four digits on a board of 1,000", name(7, "One", "Go.", 1_000), "0007_one_go.png"],
    ["five digits on a board of 10,000", name(10_000, "One", "Go.", 10_000), "10000_one_go.png"],
    ["accents", name(2, "Ålesund", "Déjà vu: naïve Zoë."), "002_alesund_deja-vu-naive-zoe.png"],
    [
      "letters that do not decompose",
      name(3, "Straße", "Łódź, Øre, Ægir, Đông, œuvre"),
      "003_strasse_lodz-ore-aegir-dong-oeuvre.png",
    ],
    ["apostrophes", name(4, "Mira's", "Don’t go, it's late."), "004_miras_dont-go-its-late.png"],
    ["compatibility letters", name(5, "ﬁn", "① ℌello ２０"), "005_fin_1-hello-20.png"],
    ["another script", name(6, "東京", "Москва не спит"), "006.png"],
    ["another script in one part", name(6, "東京", "Tokyo at night"), "006_tokyo-at-night.png"],
    ["nothing but signs", name(8, "…", "?!"), "008.png"],
    ["a path", name(9, "../../etc", "a/b\\c:d"), "009_etc_a-b-c-d.png"],
  ])("of %s", (_, made, wanted) => {
    expect(made).toBe(wanted);
  });

  test("is cut at a word, and in the middle of one only where it is the first", () => {
    const long = name(1, "A section with a title that goes on", "word ".repeat(40));
    expect(long.length).toBeLessThanOrEqual(80);
    expect(long).toMatch(/^001_a-section-with-a-title-that_(word-)+word\.png$/);
    expect(name(1, "One", "x".repeat(200))).toHaveLength(80);
  });

  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.lorem({ maxCount: 40 }),
  );

  test("is short, portable ASCII, whatever the texts are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), text, text, (number, sectionTitle, words) => {
        const made = name(number, sectionTitle, words, 10_000);
        expect(made).toMatch(/^\d{5}(_[a-z0-9]+(-[a-z0-9]+)*){0,2}\.png$/);
        expect(made.length).toBeLessThanOrEqual(80);
      }),
    );
  });

  test("sorts in board order and is nobody else's, also in a bin that tells no upper from lower case", () => {
    const shot = fc.record({ sectionTitle: text, text });
    fc.assert(
      fc.property(
        fc.array(shot, { minLength: 2, maxLength: 50 }),
        fc.integer({ min: 50, max: 10_000 }),
        (shots, total) => {
          const names = shots.map((one, index) => pictureFileName({ number: index + 1, ...one }, total));
          expect(names.toSorted()).toEqual(names);
          expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(names.length);
        },
      ),
    );
  });
});

test("a slug holds at most so many characters, and none where there is no room", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 60 }), (text, most) => {
      expect(slug(text, most).length).toBeLessThanOrEqual(most);
    }),
  );
  expect(slug("Some words", 0)).toBe("");
});

describe("a ZIP's name", () => {
  test.each<[string, string, string | null, string]>([
    ["a whole project", "The Last Light", null, "The Last Light - pictures.zip"],
    ["a part of it", "The Last Light", "The Crossing", "The Last Light - The Crossing.zip"],
    ["another script", "東京の夜", null, "東京の夜 - pictures.zip"],
    ["what a file system refuses", 'a/b\\c:d*e?"<f>|\u0000\u202e', null, "a b c d e f - pictures.zip"],
    ["dots and spaces at its ends", " ..x", "y.. ", "x - y.zip"],
    ["a device of Windows", "con.x", null, "_con.x - pictures.zip"],
  ])("for %s", (_, project, part, wanted) => {
    expect(zipFileName(project, part)).toBe(wanted);
  });

  test("is a name on every file system and a header that Node takes, whatever the project is called", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.string({ unit: "grapheme" }),
        (project, part) => {
          const made = zipFileName(project, part);
          expect(made).toMatch(/^[^\p{Cc}\\/:*?"<>|]{1,124}\.zip$/u);
          const header = attachment(made);
          expect(header).toMatch(/^attachment; filename="[a-z0-9-]+\.zip"; filename\*=UTF-8''[!-~]+$/);
          expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(made);
        },
      ),
    );
  });
});
