/** Measures of the board in px; its styles follow them. */
export const MEASURES = {
  /** Height of a section's heading, its line included. */
  heading: 40,
  gapX: 12,
  gapY: 14,
  /** Between heading and first row, and under the last row. */
  above: 14,
  below: 24,
  /** From a picture's lower edge to the end of its two lines of text. */
  caption: 45,
  /** The names of a table's columns, above everything, and a row of it. */
  head: 32,
  row: 64,
} as const;

export interface SectionPlace {
  /** From the top of the board. */
  top: number;
  /** Of the heading and the shots. */
  height: number;
  rows: number;
}

export interface BoardLayout {
  columns: number;
  /** From one row's upper edge to the next one's. */
  rowHeight: number;
  /** What of it is the gap to the next one. */
  gap: number;
  /** Between a section's heading and its first row. */
  above: number;
  /** What always stands at the top of the view. */
  head: number;
  sections: SectionPlace[];
}

interface BoardSize {
  /** Width of the board between its margins. */
  width: number;
  /** Least width of a shot; null for a table of them. */
  card: number | null;
  /** Width of a picture by its height. */
  shape: number;
}

/** Where everything on the board is, from the number of shots in each section. At least two columns of pictures. */
export function layoutBoard(sizes: readonly number[], { width, card, shape }: BoardSize): BoardLayout {
  if (card === null) {
    const measures = { columns: 1, rowHeight: MEASURES.row, gap: 0, above: 0, head: MEASURES.head };
    return { ...measures, sections: placeSections(sizes, measures, 0) };
  }
  const { gapX, gapY, above, below, caption } = MEASURES;
  const columns = Math.max(2, Math.floor((width + gapX) / (card + gapX)));
  const rowHeight = (width - (columns - 1) * gapX) / columns / shape + caption + gapY;
  const measures = { columns, rowHeight, gap: gapY, above, head: 0 };
  return { ...measures, sections: placeSections(sizes, measures, below) };
}

function placeSections(
  sizes: readonly number[],
  { columns, rowHeight, gap, above, head }: Omit<BoardLayout, "sections">,
  below: number,
): SectionPlace[] {
  let top = head;
  return sizes.map((size) => {
    const rows = Math.ceil(size / columns);
    const height = MEASURES.heading + above + Math.max(0, rows * rowHeight - gap) + below;
    const place = { top, height, rows };
    top += height;
    return place;
  });
}

/** The rows of a section, from `first` up to before `end`, that lie between two heights of the board. */
export function rowsBetween(
  layout: BoardLayout,
  section: SectionPlace,
  from: number,
  to: number,
): { first: number; end: number } {
  const start = section.top + MEASURES.heading + layout.above;
  const clamp = (row: number) => Math.min(section.rows, Math.max(0, row));
  const first = clamp(Math.floor((from - start) / layout.rowHeight));
  return { first, end: Math.max(first, clamp(Math.ceil((to - start) / layout.rowHeight))) };
}

/** Shots that are drawn at once, where the view itself has room for no more. */
const DRAWN = 110;
/** px above and below the view that are drawn too, at most and at least. */
const AHEAD = { most: 1_000, least: 200 } as const;

/** How far above and below a view of this height shots are drawn too, so that few enough are drawn altogether. */
export function aheadOf({ columns, rowHeight }: BoardLayout, height: number): number {
  const room = Math.floor(DRAWN / columns - 1) * rowHeight - height;
  return Math.min(AHEAD.most, Math.max(AHEAD.least, room / 2));
}

/** The index of the section at a height of the board. */
export function sectionAt(layout: BoardLayout, height: number): number {
  const next = layout.sections.findIndex((section) => section.top > height);
  return next === -1 ? layout.sections.length - 1 : Math.max(0, next - 1);
}

/** The upper and lower edge of the shot with this index, counted over all sections. */
export function edgesOf(
  layout: BoardLayout,
  sizes: readonly number[],
  index: number,
): { top: number; bottom: number } {
  let rest = index;
  let at = 0;
  while (at < sizes.length - 1 && rest >= sizes[at]!) {
    rest -= sizes[at]!;
    at += 1;
  }
  const start = layout.sections[at]!.top + MEASURES.heading + layout.above;
  const top = start + Math.floor(rest / layout.columns) * layout.rowHeight;
  return { top, bottom: top + layout.rowHeight - layout.gap };
}
