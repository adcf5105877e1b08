import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aheadOf,
  edgesOf,
  layoutBoard,
  MEASURES,
  rowsBetween,
  sectionAt,
} from "@/app/projects/[projectId]/model/board-layout";

const size = { width: 740, card: 180, shape: 1920 / 1088 };

describe("the layout of the board", () => {
  test("fits as many columns as there is room for, at least two", () => {
    expect(layoutBoard([10], { ...size, width: 756 }).columns).toBe(4);
    expect(layoutBoard([10], { ...size, width: 755 }).columns).toBe(3);
    expect(layoutBoard([10], { ...size, width: 300 }).columns).toBe(2);
  });

  test("puts one section under the other", () => {
    const { sections } = layoutBoard([4, 0, 7], size);
    expect(sections.map((one) => one.rows)).toEqual([2, 0, 3]);
    expect(sections[1]!.top).toBe(sections[0]!.height);
    expect(sections[2]!.top).toBe(sections[1]!.top + sections[1]!.height);
  });

  test("of a table has a row for each shot, under the names of its columns", () => {
    const table = layoutBoard([4, 7], { ...size, card: null });
    expect(table.columns).toBe(1);
    expect(table.sections.map(({ top, rows }) => [top, rows])).toEqual([
      [MEASURES.head, 4],
      [MEASURES.head + MEASURES.heading + 4 * MEASURES.row, 7],
    ]);
    const { top, bottom } = edgesOf(table, [4, 7], 5);
    expect(bottom - top).toBe(MEASURES.row);
    expect(top).toBe(table.sections[1]!.top + MEASURES.heading + MEASURES.row);
  });

  test("draws the rows in view and no others", () => {
    const layout = layoutBoard([300], size);
    const [section] = layout.sections;
    expect(rowsBetween(layout, section!, -1_000, 1)).toEqual({ first: 0, end: 0 });
    const start = MEASURES.heading + MEASURES.above;
    expect(
      rowsBetween(layout, section!, start + 10 * layout.rowHeight + 1, start + 12 * layout.rowHeight - 1),
    ).toEqual({ first: 10, end: 12 });
    expect(rowsBetween(layout, section!, 1e9, 2e9)).toEqual({ first: 100, end: 100 });
  });

  test("every shot lies in its section, and among the rows that are drawn where it is in view", () => {
    const board = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(board, fc.nat(), fc.integer({ min: 200, max: 3_000 }), (sizes, at, width) => {
        const layout = layoutBoard(sizes, { ...size, width });
        const index = at % sizes.reduce((sum, one) => sum + one, 0);
        const { top, bottom } = edgesOf(layout, sizes, index);
        const place = sectionAt(layout, (top + bottom) / 2);
        const section = layout.sections[place]!;
        expect(bottom).toBeLessThanOrEqual(section.top + section.height);
        const before = sizes.slice(0, place).reduce((sum, one) => sum + one, 0);
        const row = Math.floor((index - before) / layout.columns);
        const { first, end } = rowsBetween(layout, section, top + 1, bottom - 1);
        expect([first, end]).toEqual([row, row + 1]);
      }),
    );
  });

  test("few enough shots are drawn at once on every width, the ones ahead of the view included", () => {
    for (const card of [180, 220, 320, 480, null])
      for (const width of [358, 752, 1_008, 1_408]) {
        const layout = layoutBoard([2_700], { width, card, shape: 1920 / 1088 });
        const height = 860 + 400;
        const ahead = aheadOf(layout, height);
        const rows = Math.ceil((height + 2 * ahead) / layout.rowHeight) + 1;
        expect(rows * layout.columns).toBeLessThan(120);
        expect(ahead).toBeGreaterThanOrEqual(200);
      }
  });
});
