import { describe, expect, test } from "vitest";
import { parseScript } from "@/lib/script/parse-script";

type Format = Parameters<typeof parseScript>[1];

/** Sections as `[title, …texts]`. */
const outline = (script: string, format: Format = "markdown") =>
  parseScript(script, format).map((section) => [section.title, ...section.sentences.map((one) => one.text)]);

describe("a text", () => {
  test("without headings is one section", () => {
    expect(outline("The ferry left. Nobody waved.", "text")).toEqual([
      ["Script", "The ferry left.", "Nobody waved."],
    ]);
  });

  test("has a section for each heading that has sentences", () => {
    const script = "Before it all.\n\n# One\nA first.\n\n## Empty\n\n### Two ##\nA second.\nA third.";
    expect(outline(script, "text")).toEqual([
      ["Script", "Before it all."],
      ["One", "A first."],
      ["Two", "A second.", "A third."],
    ]);
  });

  test.each(["\n", "\r\n", "\r"])("may end its lines in %j, and begin with a byte order mark", (end) => {
    const script = `\uFEFF# One${end}A first.${end}${end}A second.${end}`;
    expect(outline(script, "text")).toEqual([["One", "A first.", "A second."]]);
  });

  test("keeps signs that mean something in Markdown only", () => {
    expect(outline("He *really* left. 2 * 3 * 4 is 24. - Yes.", "text")[0]?.slice(1).join(" ")).toBe(
      "He *really* left. 2 * 3 * 4 is 24. - Yes.",
    );
  });

  test("with a heading of 1,000 characters gets a title of at most 200", () => {
    expect(outline(`# ${"x".repeat(1_000)}\nA first.`, "text")[0]?.[0]).toHaveLength(200);
  });

  test("is not taken for a heading without a blank behind #, or with seven of them", () => {
    expect(outline("#1 is the best. ####### So it is.", "text")[0]?.[0]).toBe("Script");
  });

  test.each(["", "   \n\n ", "# Only a heading", "***\n\n---"])(
    "without a sentence has no sections: %j",
    (script) => {
      expect(outline(script)).toEqual([]);
    },
  );
});

describe("Markdown", () => {
  test.each<[string, string, string[]]>([
    ["emphasis", "He **really** _did_ *leave*. __Yes__.", ["He really did leave.", "Yes."]],
    ["signs inside words", "The file_name_here is 2*3*4.", ["The file_name_here is 2*3*4."]],
    ["code", "Type `npm start` now.", ["Type npm start now."]],
    ["links and pictures", "See [the map](http://x.y/z) ![chart](c.png) here.", ["See the map here."]],
    ["a quotation", "> The ferry left.\n> Nobody waved.", ["The ferry left.", "Nobody waved."]],
    [
      "a list, each item by itself",
      "- first thing\n- second thing\n* third\n+ fourth\n1. fifth\n2) sixth",
      ["first thing", "second thing", "third", "fourth", "fifth", "sixth"],
    ],
    ["rules and fences", "One.\n\n---\n\n```js\n\nTwo.\n\n```", ["One.", "Two."]],
    [
      "a script from right to left",
      "# الميناء\nغادرت العبارة. **لم** يلوّح أحد.",
      ["غادرت العبارة.", "لم يلوّح أحد."],
    ],
  ])("with %s", (_, script, expected) => {
    expect(outline(script).flatMap(([, ...texts]) => texts)).toEqual(expected);
  });

  test("in a heading is taken off its title", () => {
    expect(outline("## The *last* [light](x)\nIt burns.")).toEqual([["The last light", "It burns."]]);
  });
});

describe("subtitles", () => {
  test("are one sentence a cue, with times", () => {
    const script =
      "\uFEFF1\r\n00:00:01,000 --> 00:00:03,500\r\nThe ferry\r\nleft at dawn.\r\n\r\n2\r\n01:02:03.004 --> 01:02:04.5\r\n<i>Nobody</i> waved.\r\n";
    expect(parseScript(script, "srt")).toEqual([
      {
        title: "Script",
        sentences: [
          { text: "The ferry left at dawn.", startMs: 1_000, endMs: 3_500 },
          { text: "Nobody waved.", startMs: 3_723_004, endMs: 3_724_500 },
        ],
      },
    ]);
  });

  test("leave out cues without words and blocks without times", () => {
    const script =
      "1\n00:00:01,000 --> 00:00:02,000\n<b> </b>\n\nNOTE nothing\n\n2\n00:00:03,000 --> 00:00:04,000\nWords.";
    expect(outline(script, "srt")).toEqual([["Script", "Words."]]);
    expect(outline("No times here.", "srt")).toEqual([]);
  });
});

describe("a long script", () => {
  const fill = (piece: string, bytes = 500_000) => piece.repeat(Math.floor(bytes / piece.length));
  const MB2 = 2 * 1024 * 1024;

  test.each<[string, string, Format]>([
    [
      "2 MB in paragraphs",
      fill(`${"The old ferry left the harbour at dawn. ".repeat(6)}\n\n`, MB2),
      "markdown",
    ],
    ["2 MB in one paragraph", fill("The old ferry left the harbour at dawn. ", MB2), "markdown"],
    ["one letter", fill("x"), "markdown"],
    ["initials", fill("A. "), "text"],
    ["ellipses", fill("a... b "), "text"],
    ["a heading full of blanks", `# a${fill(" ")}b`, "markdown"],
    ["asterisks that open", fill(" *a"), "markdown"],
    ["two kinds of emphasis", fill("**a__"), "markdown"],
    ["brackets that open", fill("!["), "markdown"],
    ["links that open", fill("[a]("), "markdown"],
    ["digits, as subtitles", fill("1"), "srt"],
    ["angle brackets, as subtitles", `00:00:01,000 --> 00:00:02,000\n${fill("<")}`, "srt"],
    ["blank lines", fill("\n \t"), "text"],
  ])("of %s is read within seconds", { timeout: 60_000 }, (_, script, format) => {
    const started = process.cpuUsage();
    parseScript(script, format);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(8);
  });
});
