export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

/**
 * Where the keyboard goes on the board: the index of the shot after a move, from 0.
 * Up and down keep the column, also from one section to the next; at an edge nothing moves.
 * @param sizes shots in each section, in order
 * @param index the shot it is at; null = nowhere, then any move goes to an end
 */
export function moveTo(
  sizes: readonly number[],
  index: number | null,
  direction: Direction,
  columns: number,
): number | null {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return null;
  if (direction === "first") return 0;
  if (direction === "last") return total - 1;
  if (index === null) return direction === "left" || direction === "up" ? total - 1 : 0;
  if (direction === "left") return Math.max(0, index - 1);
  if (direction === "right") return Math.min(total - 1, index + 1);
  const rows = rowsOf(sizes, Math.max(1, columns));
  const at = rows.findIndex((row) => index < row.start + row.length);
  const column = index - rows[at]!.start;
  const target = rows[at + (direction === "down" ? 1 : -1)];
  return target ? target.start + Math.min(column, target.length - 1) : index;
}

function rowsOf(sizes: readonly number[], columns: number): { start: number; length: number }[] {
  const rows: { start: number; length: number }[] = [];
  let start = 0;
  for (const size of sizes) {
    for (let at = 0; at < size; at += columns)
      rows.push({ start: start + at, length: Math.min(columns, size - at) });
    start += size;
  }
  return rows;
}
