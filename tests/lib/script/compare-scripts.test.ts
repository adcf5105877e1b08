import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adoptSplits } from "@/lib/script/adopt-splits";
import { boardState } from "@/lib/script/board-state";
import { compareScripts } from "@/lib/script/compare-scripts";
import { matchSections } from "@/lib/script/match-sections";
import { parseScript } from "@/lib/script/parse-script";
import type { ScriptSection } from "@/lib/script/script";
import { writeScript } from "@/lib/script/write-script";

const board = (...texts: string[]) => texts.map((text, index) => ({ id: `s${index + 1}`, text }));
/** `s1`, `s1*` where it was edited, `>s1` where it moved, `+` a new one; behind `-` what is removed. */
const outline = (before: string[], after: string[]) => {
  const { matches, removed } = compareScripts(board(...before), after);
  const told = matches.map(({ id, isEdited, isMoved }) =>
    id === null ? "+" : `${isMoved ? ">" : ""}${id}${isEdited ? "*" : ""}`,
  );
  return removed.length === 0 ? told.join(" ") : `${told.join(" ")} - ${removed.join(" ")}`;
};

const FERRY = "The old ferry left the harbour at dawn.";
const WAVE = "Nobody on the pier waved.";
const LIGHT = "The lighthouse keeper counted the waves below.";
const STORM = "By noon a storm came over the northern islands.";

describe("an edited script", () => {
  test.each<[string, string[], string[], string]>([
    ["that is the same", [FERRY, WAVE], [FERRY, WAVE], "s1 s2"],
    ["with a new sentence", [FERRY, WAVE], [FERRY, LIGHT, WAVE], "s1 + s2"],
    ["without one", [FERRY, LIGHT, WAVE], [FERRY, WAVE], "s1 s3 - s2"],
    [
      "with a corrected word",
      [FERRY, WAVE, LIGHT],
      [FERRY, "Nobody on the pier waved back.", LIGHT],
      "s1 s2* s3",
    ],
    ["with one moved to the end", [FERRY, WAVE, LIGHT], [WAVE, LIGHT, FERRY], "s2 s3 >s1"],
    [
      "with one edited and moved",
      [FERRY, WAVE, LIGHT, STORM],
      [WAVE, LIGHT, STORM, "The old grey ferry left the harbour at dawn."],
      "s2 s3 s4 >s1*",
    ],
    ["with one replaced by something else", [FERRY, WAVE, LIGHT], [FERRY, STORM, LIGHT], "s1 + s3 - s2"],
    ["with other quotation marks only", ["“No,” he said."], ['"No," he said.'], "s1*"],
    [
      "where equal sentences stand several times",
      ["Go.", FERRY, "Go.", WAVE],
      ["Go.", FERRY, WAVE],
      "s1 s2 s4 - s3",
    ],
    ["in Chinese, with one letter changed", ["渡轮在黎明离开了港口。"], ["渡轮在黎明离开了海港。"], "s1*"],
    ["of which nothing is left", [FERRY], [STORM], "+ - s1"],
  ])("%s", (_, before, after, expected) => {
    expect(outline(before, after)).toBe(expected);
  });

  const sentence = fc
    .array(fc.constantFrom("ferry", "pier", "wave", "storm", "light", "dawn", "keeper"), {
      minLength: 1,
      maxLength: 5,
    })
    .map((words) => `${words.join(" ")}.`);

  test("uses each sentence of the board once, and tells of each that it is kept, edited or removed", () => {
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 25 }),
        fc.array(sentence, { maxLength: 25 }),
        (before, after) => {
          const { matches, removed } = compareScripts(board(...before), after);
          expect(matches).toHaveLength(after.length);
          const used = matches.flatMap((one) => one.id ?? []);
          expect([...used, ...removed].toSorted()).toEqual(
            board(...before)
              .map((one) => one.id)
              .toSorted(),
          );
          for (const [at, { id, isEdited }] of matches.entries())
            if (id !== null) expect(before[Number(id.slice(1)) - 1] !== after[at]).toBe(isEdited);
          const still = matches
            .filter((one) => one.id !== null && !one.isMoved)
            .map((one) => Number(one.id!.slice(1)));
          expect(still).toEqual(still.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("of which any sentences were taken out and any put in keeps all the others, in their order", () => {
    const unique = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(unique, fc.func(fc.boolean()), (numbers, isKept) => {
        const before = numbers.map((one) => `Sentence number ${one} stands alone ${one}.`);
        const after = before.filter((text) => isKept(text));
        const { matches } = compareScripts(board(...before), after);
        expect(matches.map((one) => one.id)).toEqual(after.map((text) => `s${before.indexOf(text) + 1}`));
        expect(matches.some((one) => one.isEdited || one.isMoved)).toBe(false);
      }),
    );
  });

  test("of 10,000 sentences, every third of them edited and a chapter moved, is compared within seconds", () => {
    const before = Array.from(
      { length: 10_000 },
      (_, n) => `Sentence ${n} tells of ferry ${n * 7} and wave ${n % 91}.`,
    );
    const edited = before.map((text, n) => (n % 3 === 0 ? text.replace("tells", "speaks") : text));
    const after = [...edited.slice(3_000), ...edited.slice(0, 3_000)];
    const started = process.cpuUsage();
    const { matches, removed } = compareScripts(board(...before), after);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(20);
    expect(removed.length).toBeLessThan(100);
    expect(matches.filter((one) => one.id === null).length).toBeLessThan(100);
  });
});

describe("a script that is read again", () => {
  const script = (...texts: string[]) => [
    { title: "One", sentences: texts.map((text) => ({ text, startMs: null, endMs: null })) },
  ];
  const texts = (sections: readonly ScriptSection[]) =>
    sections.flatMap((one) => one.sentences.map(({ text }) => text));

  test("keeps what was joined and divided by hand on the board", () => {
    const boardTexts = ["He left. She stayed.", "The ferry was late", "and full.", "Then it sank."];
    const read = script("He left.", "She stayed.", "The ferry was late and full.", "Then it sank.");
    expect(texts(adoptSplits(boardTexts, read))).toEqual(boardTexts);
  });

  test("is split as it reads where the board's words are other ones", () => {
    const read = script("He left.", "She stayed at home.");
    expect(adoptSplits(["He left. She stayed."], read)).toEqual(read);
  });

  test("is the same board, when what the board writes is not changed", () => {
    const sentence = fc.constantFrom(
      "He left. She stayed.",
      "The ferry was late",
      "and full.",
      "Why? Nobody knows…",
      "It cost 3.5 million.",
      "渡轮离开了。没有人挥手！",
      "Dr. Solberg waved.",
    );
    const sections = fc.array(fc.array(sentence, { minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(sections, (all) => {
        const before = all.map((some, index) => ({
          title: `Part ${index + 1}`,
          sentences: some.map((text) => ({ text })),
        }));
        const read = parseScript(writeScript(before), "markdown");
        const again = adoptSplits(all.flat(), read);
        const { matches, removed } = compareScripts(
          all.flat().map((text, index) => ({ id: `s${index}`, text })),
          texts(again),
        );
        expect(read.map((one) => one.title)).toEqual(before.map((one) => one.title));
        expect(removed).toEqual([]);
        expect(matches.every((one) => one.id !== null && !one.isEdited && !one.isMoved)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("sections", () => {
  const old = [
    { id: "a", title: "One" },
    { id: "b", title: "Two" },
    { id: "c", title: "One" },
  ];

  test("go on by their title, or by most of their sentences where they were renamed", () => {
    expect(matchSections(old, ["One", "Second", "One", "New"], [[], ["b", "b", "a"], [], []])).toEqual([
      "a",
      "b",
      "c",
      null,
    ]);
  });
});

describe("the state of a board", () => {
  const sentence = (id: string, version = 1) => ({ id, version });
  const sections = [{ id: "a", title: "One", sentences: [sentence("s1"), sentence("s2")] }];

  test("changes with a text, an order, a title and a section, and with nothing else", () => {
    const state = boardState(sections);
    expect(boardState(structuredClone(sections))).toBe(state);
    const others = [
      [{ ...sections[0]!, sentences: [sentence("s1", 2), sentence("s2")] }],
      [{ ...sections[0]!, sentences: [sentence("s2"), sentence("s1")] }],
      [{ ...sections[0]!, title: "Two" }],
      [...sections, { id: "b", title: "Two", sentences: [] }],
    ];
    expect(new Set([state, ...others.map(boardState)]).size).toBe(5);
  });
});
