import fc from "fast-check";
import { expect, test } from "vitest";
import { promptParts } from "@/lib/plan/prompt-parts";
import { composePrompt } from "@/lib/plan/compose-prompt";

test("the style's words are told from the shot's", () => {
  expect(promptParts("Oil painting,", " A river. ")).toEqual([
    { text: "Oil painting, ", isStyle: true },
    { text: "A river.", isStyle: false },
  ]);
  expect(promptParts("A {prompt} in oil", "river")).toEqual([
    { text: "A ", isStyle: true },
    { text: "river", isStyle: false },
    { text: " in oil", isStyle: true },
  ]);
  expect(promptParts(null, "A river.")).toEqual([{ text: "A river.", isStyle: false }]);
});

test("the pieces are the prompt that is sent, whatever prefix and prompt are", () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom("{prompt}", " {prompt}", "Oil, ", "in {prompt}."));
  const prefix = fc.option(fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join("")));
  fc.assert(
    fc.property(prefix, fc.oneof(fc.string(), fc.constant("a {prompt} b")), (head, prompt) => {
      const joined = promptParts(head, prompt)
        .map((part) => part.text)
        .join("");
      expect(joined).toBe(composePrompt(head, prompt));
    }),
  );
});
