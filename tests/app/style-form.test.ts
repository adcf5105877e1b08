import { expect, test } from "vitest";
import { matchFiles } from "@/app/_styles/match-files";
import { loraProblem, NEW_STYLE, toChanges, toInput, typedSince } from "@/app/_styles/style-values";

test("only the fields that were changed are sent, an empty text as none", () => {
  expect(toChanges({})).toEqual({});
  expect(toChanges({ promptPrefix: "  ", name: "Ink" })).toEqual({ promptPrefix: null, name: "Ink" });
  expect(toInput({ ...NEW_STYLE, name: "Ink" })).toEqual({
    name: "Ink",
    styleType: "prompt",
    promptPrefix: null,
    negativePrompt: null,
    loraFile: null,
    loraStrength: 1,
    compatibleModels: [],
    requiresCharacterRef: false,
    isActive: true,
  });
});

test("a LoRA style without a file is told so at the file before it is sent; a prompt style needs none", () => {
  expect(loraProblem(NEW_STYLE)).toEqual({});
  expect(loraProblem({ ...NEW_STYLE, styleType: "lora", loraFile: " " })).toHaveProperty("loraFile");
  expect(loraProblem({ ...NEW_STYLE, styleType: "lora", loraFile: "a.safetensors" })).toEqual({});
});

test("what is typed while a form is being saved stays; what was saved is forgotten", () => {
  const sent = { styleId: "ink", promptPrefix: "Ink", negativePrompt: null, name: "Ink " };
  const stored = { ...NEW_STYLE, name: "Ink", promptPrefix: "Ink" };
  const draft = { promptPrefix: "Ink", negativePrompt: " ", name: "Ink ", isActive: true };
  expect(typedSince(draft, sent, stored)).toEqual({});
  expect(typedSince({ ...draft, promptPrefix: "Ink, wet", loraFile: "a.pt" }, sent, stored)).toEqual({
    promptPrefix: "Ink, wet",
    loraFile: "a.pt",
  });
});

test("a file is searched by words of its path, in any order and case, whichever way the slashes lean", () => {
  const files = ["flux\\Ink Wash.safetensors", "flux/oil.safetensors", "wash.safetensors"];
  expect(matchFiles(files, "wash flux/")).toEqual(["flux\\Ink Wash.safetensors"]);
  expect(matchFiles(files, "FLUX\\")).toEqual(files.slice(0, 2));
  expect(matchFiles(files, " ")).toEqual(files);
  expect(matchFiles(files, "nothing")).toEqual([]);
});
