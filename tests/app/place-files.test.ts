import { expect, test } from "vitest";
import { shotsForFiles } from "../../src/app/projects/[projectId]/model/place-files";

const order = ["a", "b", "c", "d", "e"];
const shots = (count: number, at: string | null, ...chosen: string[]) =>
  shotsForFiles({ count, at, chosen: new Set(chosen), order });

test("one file is for the shot that it was dropped on, whatever is selected", () => {
  expect(shots(1, "c")).toEqual(["c"]);
  expect(shots(1, "c", "a", "b")).toEqual(["c"]);
  expect(shots(1, "c", "b", "c", "d")).toEqual(["c"]);
});

test("several fill the selection in board order, wherever on it or beside the shots they are dropped", () => {
  expect(shots(2, "d", "d", "b", "e")).toEqual(["b", "d"]);
  expect(shots(9, null, "d", "b")).toEqual(["b", "d"]);
  expect(shots(1, null, "d", "b")).toEqual(["b"]);
});

test("several that are dropped on a shot outside of the selection, or on the only selected one, go on from there", () => {
  expect(shots(2, "d", "a", "b")).toEqual(["d", "e"]);
  expect(shots(3, "b", "b")).toEqual(["b", "c", "d"]);
  expect(shots(2, null, "b")).toEqual(["b", "c"]);
  expect(shots(9, "d")).toEqual(["d", "e"]);
});

test("where nothing says which, there are none", () => {
  expect(shots(2, null)).toEqual([]);
  expect(shots(2, null, "hidden")).toEqual([]);
});
