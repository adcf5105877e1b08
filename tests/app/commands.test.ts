import { expect, test } from "vitest";
import { findCommands, shownKeys } from "@/app/projects/[projectId]/board/commands";

const words = (typed: string) =>
  findCommands(
    ["paint again", "generate missing", "move to a section", "the shelf", "select the section"].map(
      (one) => ({
        words: one,
      }),
    ),
    typed,
  ).map((one) => one.words);

test("commands are found by parts of their words, those that begin with it first", () => {
  expect(words("s")).toEqual(["select the section", "move to a section", "the shelf", "generate missing"]);
  expect(words("sec mov")).toEqual(["move to a section"]);
  expect(words("")).toHaveLength(5);
  expect(words("zzz")).toEqual([]);
});

test("keys are shown as they are written on keyboards", () => {
  expect(shownKeys({ keys: ["Mod+Shift+z"] })).toEqual(["Ctrl", "Shift", "Z"]);
  expect(shownKeys({ keys: ["Alt+ArrowLeft"] })).toEqual(["Alt", "←"]);
  expect(shownKeys({ keys: ["?"] })).toEqual(["?"]);
  expect(shownKeys({ keys: [] })).toEqual([]);
});
