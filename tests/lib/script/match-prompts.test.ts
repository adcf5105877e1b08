import { expect, test } from "vitest";
import { matchPrompts, type PromptShot } from "@/lib/script/match-prompts";

const texts = ["The ferry left.", "It came back.", "Nobody knew why.", "It came back."];
const shots = texts.map((text, index): PromptShot => ({
  id: `s${index + 1}`,
  number: index + 1,
  text,
  imagePrompt: index === 0 ? "A ferry" : null,
}));
const row = (number: number, text: string | null, prompt: string) => ({ number, text, prompt });
const match = (rows: ReturnType<typeof row>[], byNumber = false) => {
  const { changes, same, strange, beyond } = matchPrompts(shots, rows, byNumber);
  return {
    changes: changes.map(({ shot, prompt, movedFrom }) => [shot.id, prompt, movedFrom]),
    same,
    strange: strange.map((one) => one.row.number),
    beyond: beyond.map((one) => one.number),
  };
};
const nothing = { changes: [], same: 0, strange: [], beyond: [] };

test("a prompt is for the shot with its number; what is there already is no change, and an empty one takes it away", () => {
  expect(match([row(1, null, "A ferry"), row(2, null, "A pier"), row(3, null, "")])).toEqual({
    ...nothing,
    changes: [["s2", "A pier", null]],
    same: 2,
  });
  expect(match([row(1, null, "")])).toEqual({ ...nothing, changes: [["s1", null, null]] });
});

test("it is checked against the sentence, whatever a spreadsheet did to its blanks, case and marks", () => {
  expect(match([row(3, " nobody  knew WHY ", "A crowd")]).changes).toEqual([["s3", "A crowd", null]]);
});

test("a sentence that was moved is found where it stands now", () => {
  expect(match([row(2, "Nobody knew why.", "A crowd")]).changes).toEqual([["s3", "A crowd", 2]]);
  // What stands at its own number goes first.
  expect(match([row(3, null, "A face"), row(2, "Nobody knew why.", "A crowd")]).changes).toEqual([
    ["s3", "A face", null],
  ]);
});

test("another sentence is left alone, unless numbers are said to count", () => {
  const rows = [row(1, "It came back.", "A pier"), row(9, "Gone.", "A gull")];
  expect(match(rows)).toEqual({ ...nothing, strange: [1], beyond: [9] });
  expect(match(rows, true)).toEqual({ ...nothing, changes: [["s1", "A pier", null]], beyond: [9] });
});
