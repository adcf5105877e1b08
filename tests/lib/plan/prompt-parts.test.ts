import fc from "fast-check";
import { expect, test } from "vitest";
import { promptParts } from "@/lib/plan/prompt-parts";
import { composePrompt } from "@/lib/plan/compose-prompt";

test("the style's words are told from the shot's", () => {
  expect(promptParts("Oil painting,", " A river. ")).toEqual([
    { text: "Oil painting, ", from: "style" },
    { text: "A river.", from: "prompt" },
  ]);
  expect(promptParts("A {prompt} in oil", "river")).toEqual([
    { text: "A ", from: "style" },
    { text: "river", from: "prompt" },
    { text: " in oil", from: "style" },
  ]);
  expect(promptParts(null, "A river.")).toEqual([{ text: "A river.", from: "prompt" }]);
});

test("the pieces are the prompt that is sent, whatever prefix and prompt are", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("{prompt}", " {characters}, ", "Oil, ", "in {prompt}."),
  );
  const prefix = fc.option(fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join("")));
  fc.assert(
    fc.property(
      prefix,
      fc.oneof(fc.string(), fc.constant("a {prompt} b")),
      fc.string(),
      (head, prompt, who) => {
        const parts = promptParts(head, prompt, who);
        expect(parts.map((part) => part.text).join("")).toBe(composePrompt(head, prompt, who));
        expect(parts.every((part) => part.text !== "")).toBe(true);
        if (prompt.trim() !== "") expect(parts.some((part) => part.from === "prompt")).toBe(true);
      },
    ),
  );
});

test("who is in the picture is told from both", () => {
  expect(promptParts("Noir. {characters}. {prompt}", "A river.", "image 1 is Mira")).toEqual([
    { text: "Noir. ", from: "style" },
    { text: "image 1 is Mira", from: "characters" },
    { text: ". ", from: "style" },
    { text: "A river.", from: "prompt" },
  ]);
  expect(promptParts("Noir, {characters}", "A river.", "Mira: tall")).toEqual([
    { text: "Noir, ", from: "style" },
    { text: "Mira: tall", from: "characters" },
    { text: ", ", from: "style" },
    { text: "A river.", from: "prompt" },
  ]);
});

test.each([
  ["{characters}", "fog"],
  ["{characters}, oil painting", "oil painting, fog"],
  ["{characters}. Oil painting.", "Oil painting. fog"],
  ["oil painting, {characters}", "oil painting, fog"],
  ["Oil painting. {characters}", "Oil painting. fog"],
  ["Oil painting, {characters},", "Oil painting, fog"],
  ["oil, {characters}, at dawn", "oil, at dawn, fog"],
  ["oil ({characters}) at dawn", "oil at dawn, fog"],
  ["oil ({characters}), at dawn", "oil, at dawn, fog"],
  ["oil {characters} at dawn", "oil at dawn, fog"],
  ["Oil, {characters}. At dawn.", "Oil. At dawn. fog"],
  ["oil, {characters}, {characters}, at dawn", "oil, at dawn, fog"],
  ["{prompt}, {characters}", "fog"],
  ["{characters}: {prompt}", "fog"],
  ["{prompt}, {characters}, in oil", "fog, in oil"],
  ["油画，{characters}，{prompt}", "油画， fog"],
])("where nobody is in the picture, %s leaves no trace of its place", (prefix, expected) => {
  expect(composePrompt(prefix, "fog")).toBe(expected);
});

test("a {characters} for nobody leaves no divider or blank twice, whatever stands around it", () => {
  const word = fc.constantFrom("oil", "{prompt}", "by night", "{characters}", "a {characters} b", "Noir");
  const joint = fc.constantFrom(" ", ", ", "; ", ". ", ": ", " | ");
  const prefix = fc
    .tuple(word, fc.array(fc.tuple(joint, word), { maxLength: 5 }))
    .map(([first, others]) => first + others.flat().join(""));
  fc.assert(
    fc.property(prefix, (head) => {
      const sent = composePrompt(head, "fog");
      expect(sent).not.toMatch(/\{characters\}| {2}|[,;:|]\s*[,;:|.]|^[\s,;:.|]| [,;:]/);
      expect(sent).toContain("fog");
    }),
  );
});

test("braces in a prompt or a description are no places", () => {
  expect(composePrompt("{characters} | {prompt}", "a {characters}", "Mira: {prompt}")).toBe(
    "Mira: {prompt} | a {characters}",
  );
  expect(composePrompt("Noir", "a {characters}")).toBe("Noir, a {characters}");
});
