import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Direction, moveTo } from "@/app/projects/[projectId]/model/move";

describe("moving over the board", () => {
  // Five and four shots in rows of three: 0 1 2 / 3 4 / 5 6 7 / 8
  const sizes = [5, 4];

  test.each<[number | null, Direction, number]>([
    [0, "right", 1],
    [4, "right", 5],
    [5, "left", 4],
    [0, "left", 0],
    [8, "right", 8],
    [1, "down", 4],
    [2, "down", 4],
    [4, "down", 6],
    [7, "down", 8],
    [8, "down", 8],
    [7, "up", 4],
    [6, "up", 4],
    [0, "up", 0],
    [3, "first", 0],
    [3, "last", 8],
    [null, "right", 0],
    [null, "up", 8],
  ])("from %s %s leads to %s", (from, direction, to) => {
    expect(moveTo(sizes, from, direction, 3)).toBe(to);
  });

  test("an empty board leads nowhere", () => {
    expect(moveTo([], null, "down", 3)).toBeNull();
  });

  test("no move leaves the board", () => {
    const board = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
    const direction = fc.constantFrom<Direction>("left", "right", "up", "down", "first", "last");
    fc.assert(
      fc.property(board, fc.nat(), direction, fc.integer({ min: 1, max: 9 }), (some, at, way, columns) => {
        const total = some.reduce((sum, size) => sum + size, 0);
        const next = moveTo(some, at % total, way, columns)!;
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(total);
      }),
    );
  });
});
