export interface PlacedRow {
  id: string;
  sectionId: string;
  position: number;
  isShelved: boolean;
}

export interface Move {
  sentenceId: string;
  sectionId: string;
  /** Among the sentences of that section that are shown, from 0. */
  position: number;
}

/**
 * The rows that change when sentences move: all are taken out, then put in one by one. Those on the shelf stay behind
 * the sentence they stood behind. Places are numbered anew in every section that is touched.
 * @param rows all of a project, by position
 */
export function placeAmong(
  rows: readonly PlacedRow[],
  moves: readonly Move[],
): Pick<PlacedRow, "id" | "sectionId" | "position">[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const moved = new Set(moves.map((one) => one.sentenceId));
  const lists = new Map<string, PlacedRow[]>();
  for (const row of rows) {
    const list = lists.get(row.sectionId) ?? [];
    if (!moved.has(row.id)) list.push(row);
    lists.set(row.sectionId, list);
  }
  for (const { sentenceId, sectionId, position } of moves) {
    const list = lists.get(sectionId) ?? [];
    list.splice(placeOf(list, position), 0, byId.get(sentenceId)!);
    lists.set(sectionId, list);
  }
  const touched = new Set([
    ...moves.map((one) => one.sectionId),
    ...[...moved].map((id) => byId.get(id)!.sectionId),
  ]);
  return [...touched].flatMap((sectionId) =>
    (lists.get(sectionId) ?? []).flatMap((row, position) =>
      row.sectionId === sectionId && row.position === position ? [] : [{ id: row.id, sectionId, position }],
    ),
  );
}

/** Before the shown sentence with this number; behind all, where there are fewer. */
function placeOf(list: readonly PlacedRow[], position: number): number {
  let shown = 0;
  for (const [index, row] of list.entries()) {
    if (row.isShelved) continue;
    if (shown === position) return index;
    shown += 1;
  }
  return list.length;
}
