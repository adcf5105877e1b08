import { expect, test } from "vitest";
import { foresightWords } from "@/app/_library/foresight-words";

test("what a change does to pictures is a sentence, the locked ones told", () => {
  expect(foresightWords({ shots: 0, projects: 0, locked: 0 })).toBe("No picture changes by this.");
  expect(foresightWords({ shots: 87, projects: 2, locked: 31 })).toBe(
    "Saving marks 87 pictures in 2 projects as changed. 31 of them are locked.",
  );
  expect(foresightWords({ shots: 1, projects: 1, locked: 1 }, false, "This")).toBe(
    "This marks 1 picture as changed. 1 of them is locked.",
  );
});

test("where it is for new pictures only, the others stay", () => {
  expect(foresightWords({ shots: 87, projects: 2, locked: 31 }, true)).toBe(
    "Saving leaves 87 pictures in 2 projects as they are: only new ones are made with the change.",
  );
});
