import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPromptTable, writePromptTable } from "@/lib/script/prompt-table";

const rows = (source: string) => {
  const table = readPromptTable(source);
  expect(table.problems).toEqual([]);
  return table.rows.map(({ number, text, prompt }) => [number, text, prompt]);
};

describe("prompts are read from", () => {
  test("a table with tabs, as spreadsheets copy it, with names above the columns in any order", () => {
    expect(rows('Prompt\tNumber\tSentence\n"A ferry,\n""small"""\t2\tIt left.\nA gull\t1\t')).toEqual([
      [1, null, "A gull"],
      [2, "It left.", 'A ferry,\n"small"'],
    ]);
  });

  test("a table without names: the number first, the prompt last", () => {
    expect(rows("1\tA gull, wide\n2\tA ferry, close")).toEqual([
      [1, null, "A gull, wide"],
      [2, null, "A ferry, close"],
    ]);
    expect(rows("1\tIt left.\tA gull\r\n2\tIt came.\tA ferry\r\n")).toEqual([
      [1, "It left.", "A gull"],
      [2, "It came.", "A ferry"],
    ]);
  });

  test("a table whose prompts begin with quotation marks, as chat programs write them", () => {
    expect(rows('1\t"Neon" sign in rain\n2\tA pier\n3\t"Open" door')).toEqual([
      [1, null, '"Neon" sign in rain'],
      [2, null, "A pier"],
      [3, null, '"Open" door'],
    ]);
  });

  test("CSV with commas or semicolons", () => {
    expect(rows('number,prompt\n1,"A gull, wide"\n2,A ferry')).toEqual([
      [1, null, "A gull, wide"],
      [2, null, "A ferry"],
    ]);
    expect(rows('Nr.;Prompt\n1;"A gull; wide"\n2;A ferry, close')).toEqual([
      [1, null, "A gull; wide"],
      [2, null, "A ferry, close"],
    ]);
  });

  test("JSON: objects, strings in board order, or prompts by number", () => {
    expect(
      rows('[{"shot": 2, "image_prompt": "A ferry", "text": "It left."}, {"shot": "#1", "prompt": null}]'),
    ).toEqual([
      [1, null, ""],
      [2, "It left.", "A ferry"],
    ]);
    expect(rows('{"prompts": [{"number": 1, "imagePrompt": "A gull"}]}')).toEqual([[1, null, "A gull"]]);
    expect(rows('["A gull", "A ferry"]')).toEqual([
      [1, null, "A gull"],
      [2, null, "A ferry"],
    ]);
    expect(rows('{"2": "A ferry", "1": "A gull"}')).toEqual([
      [1, null, "A gull"],
      [2, null, "A ferry"],
    ]);
  });

  test("what chat programs answer: a numbered list, or a Markdown table", () => {
    expect(rows("1. A gull, wide\n\n2) **A ferry** at 5:00\nShot 3: A pier")).toEqual([
      [1, null, "A gull, wide"],
      [2, null, "**A ferry** at 5:00"],
      [3, null, "A pier"],
    ]);
    expect(rows("| # | Prompt |\n|---|:--|\n| 1 | A gull \\| wide |\n| 2 | A ferry |")).toEqual([
      [1, null, "A gull | wide"],
      [2, null, "A ferry"],
    ]);
  });
});

test("what cannot be read is said, and the rest is", () => {
  expect(readPromptTable("number,prompt\n1,A gull\nx,A ferry\n3\n1,A pier")).toEqual({
    rows: [{ number: 1, text: null, prompt: "A pier" }],
    problems: [
      "Row 2 has no number from 1 on.",
      "Row 3, number 3, has no prompt.",
      "Number 1 stands there more than once: the last one counts.",
    ],
  });
  expect(readPromptTable("A gull flies.\nA ferry leaves.")).toEqual({
    rows: [],
    problems: [
      "Two columns are needed: the number of the shot, and its prompt. The first line is “A gull flies.”.",
    ],
  });
  expect(readPromptTable('[{"number": 1,').problems[0]).toMatch(/^It begins as JSON and is none: /);
  expect(readPromptTable(" \n")).toEqual({ rows: [], problems: [] });
  const bad = readPromptTable(`number,prompt\n${"x,A gull\n".repeat(100)}`).problems;
  expect([bad.length, bad.at(-1)]).toEqual([21, "And 80 more."]);
});

test("whatever a table is written from is read back", () => {
  const word = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() === text && !text.includes("\0"));
  const some = fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 9_999 }),
      text: fc.option(word),
      prompt: fc.oneof(word, fc.constant("")),
    }),
    { minLength: 1, maxLength: 20, selector: (row) => row.number },
  );
  fc.assert(
    fc.property(some, (written) => {
      const sorted = written.toSorted((a, b) => a.number - b.number);
      expect(readPromptTable(writePromptTable(sorted))).toEqual({ rows: sorted, problems: [] });
    }),
  );
});

test("whatever is pasted is answered", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "[", "{", "1\t", "| "), (text, start) => {
      const { rows: read } = readPromptTable(start + text);
      for (const row of read) expect(row.number).toBeGreaterThan(0);
    }),
  );
});
