import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composePrompt } from "@/lib/plan/compose-prompt";

describe("the prompt that is sent", () => {
  test.each([
    ["no prefix", null, "a quiet harbour", "a quiet harbour"],
    ["an empty prefix", "   ", "a quiet harbour", "a quiet harbour"],
    [
      "a prefix that ends in a word",
      "film noir still",
      "a quiet harbour",
      "film noir still, a quiet harbour",
    ],
    [
      "a prefix that ends in a full stop",
      "Film noir still.",
      "a quiet harbour",
      "Film noir still. a quiet harbour",
    ],
    ["a prefix that ends in a comma", "film noir,", "a quiet harbour", "film noir, a quiet harbour"],
    ["a prefix that ends in another script's full stop", "水彩画。", "港", "水彩画。 港"],
    ["blanks around both", "  film noir  ", "\n a quiet harbour \n", "film noir, a quiet harbour"],
    ["a prefix alone", "film noir", "  ", "film noir"],
    [
      "a {prompt} in the prefix",
      "a photo of {prompt}, 35 mm",
      "a quiet harbour",
      "a photo of a quiet harbour, 35 mm",
    ],
    ["two {prompt}s", "{prompt} | {prompt}", "fog", "fog | fog"],
    ["a {prompt} at the end", "painting: {prompt}", " fog ", "painting: fog"],
    ["a {prompt} with an empty prompt", "painting {prompt}", "", "painting"],
  ])("%s", (_, prefix, prompt, expected) => {
    expect(composePrompt(prefix, prompt)).toBe(expected);
  });

  test.each(["$&", "$1", "$`", "$'", "$$", "{prompt}"])("keeps %s in a prompt as it is", (odd) => {
    expect(composePrompt("photo of {prompt}.", `a price of ${odd} each`)).toBe(
      `photo of a price of ${odd} each.`,
    );
    expect(composePrompt("photo", `a price of ${odd} each`)).toBe(`photo, a price of ${odd} each`);
  });

  test("always holds the whole image prompt, and neither end is blank", () => {
    fc.assert(
      fc.property(
        fc.option(fc.string({ unit: "grapheme" })),
        fc.string({ unit: "grapheme" }),
        (prefix, prompt) => {
          const sent = composePrompt(prefix, prompt);
          expect(sent).toContain(prompt.trim());
          expect(sent.trim()).toBe(sent);
        },
      ),
    );
  });
});
