import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinToPrevious, splitAt } from "@/lib/script/edit-script";

const timed = (text: string, startMs: number | null = null, endMs: number | null = null) => ({
  text,
  startMs,
  endMs,
});
const script = [
  { title: "One", sentences: [timed("He left early.", 0, 2_000), timed("She stayed.", 2_000, 3_000)] },
  { title: "Two", sentences: [timed("It rained.")] },
];
const texts = (some: readonly (typeof script)[number][]) =>
  some.map((one) => one.sentences.map(({ text }) => text));

describe("in a script that was read", () => {
  test("a sentence is divided where it is said, its time in the middle", () => {
    const split = splitAt(script, { section: 0, sentence: 0 }, 8);
    expect(split[0]!.sentences.slice(0, 2)).toEqual([
      timed("He left", 0, 1_000),
      timed("early.", 1_000, 2_000),
    ]);
  });

  test.each([0, 14, 99])("nothing is divided at an end: %i", (offset) => {
    expect(splitAt(script, { section: 0, sentence: 0 }, offset)).toBe(script);
  });

  test("a sentence is joined to the one before, from its start to their end", () => {
    expect(joinToPrevious(script, { section: 0, sentence: 1 })[0]!.sentences).toEqual([
      timed("He left early. She stayed.", 0, 3_000),
    ]);
  });

  test("the first of a section has none to be joined to", () => {
    expect(joinToPrevious(script, { section: 1, sentence: 0 })).toBe(script);
  });

  test("joining undoes a division between words", () => {
    const place = fc.constantFrom(3, 8);
    fc.assert(
      fc.property(place, (offset) => {
        const divided = splitAt(script, { section: 0, sentence: 0 }, offset);
        expect(texts(joinToPrevious(divided, { section: 0, sentence: 1 }))).toEqual(texts(script));
      }),
    );
  });
});
