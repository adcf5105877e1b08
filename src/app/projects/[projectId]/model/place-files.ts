interface Dropped {
  /** How many files. */
  count: number;
  /** The shot that they were dropped on or chosen for; null = the board itself. */
  at: string | null;
  chosen: ReadonlySet<string>;
  /** Ids of the shots that are shown, in order. */
  order: readonly string[];
}

/**
 * The shots that own pictures are for, in board order: one picture is for the shot it was dropped on; several fill the
 * selection, or the shots from that one on where there is none. None where nothing says which.
 */
export function shotsForFiles({ count, at, chosen, order }: Dropped): string[] {
  const selected = order.filter((id) => chosen.has(id));
  if (at !== null && count === 1) return [at];
  if (selected.length > 1 && (at === null || chosen.has(at))) return selected.slice(0, count);
  const first = at ?? selected[0];
  const from = first === undefined ? -1 : order.indexOf(first);
  return from < 0 ? [] : order.slice(from, from + count);
}
