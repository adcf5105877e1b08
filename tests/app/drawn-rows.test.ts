import { expect, test } from "vitest";
import { firstShots } from "@/app/projects/[projectId]/board/use-drawn-rows";

test("before it is measured, a board draws its first 48 shots, whatever their sections", () => {
  expect(firstShots([6, 0, 30, 100, 5]).map((one) => one.end)).toEqual([6, 0, 30, 12, 0]);
  expect(firstShots([2_700]).map((one) => one.end)).toEqual([48]);
});
