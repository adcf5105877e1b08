/** Which shots are chosen; ids in no order. */
export interface Selection {
  chosen: ReadonlySet<string>;
  /** The shot that the keyboard is at and the inspector shows. */
  current: string | null;
  /** Where a range begins. */
  anchor: string | null;
}

export const NOTHING: Selection = { chosen: new Set(), current: null, anchor: null };

export interface Modifiers {
  /** Add or take away one (Ctrl, Cmd). */
  toggle?: boolean;
  /** From the anchor to here (Shift). */
  range?: boolean;
}

/** The selection after a click on, or a move to, a shot. `order` is what the board shows. */
export function choose(
  selection: Selection,
  id: string,
  { toggle, range }: Modifiers,
  order: readonly string[],
): Selection {
  if (range && selection.anchor !== null) {
    const from = order.indexOf(selection.anchor);
    const to = order.indexOf(id);
    if (from >= 0 && to >= 0) {
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const chosen = toggle ? new Set([...selection.chosen, ...between]) : new Set(between);
      return { chosen, current: id, anchor: selection.anchor };
    }
  }
  if (toggle) {
    const chosen = new Set(selection.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    return { chosen, current: id, anchor: id };
  }
  return { chosen: new Set([id]), current: id, anchor: id };
}

/** These shots, in their order. */
export function chooseThese(ids: readonly string[]): Selection {
  const [first = null] = ids;
  return { chosen: new Set(ids), current: first, anchor: first };
}

/** All that the board shows. */
export function chooseAll(selection: Selection, order: readonly string[]): Selection {
  return { chosen: new Set(order), current: selection.current ?? order[0] ?? null, anchor: order[0] ?? null };
}

/** Nothing; the keyboard stays where it is. */
export function chooseNone(selection: Selection): Selection {
  return { chosen: new Set(), current: selection.current, anchor: selection.current };
}

/** Without the shots that are gone; the same object where none is. */
export function prune(selection: Selection, exists: (id: string) => boolean): Selection {
  const isWhole =
    [...selection.chosen].every(exists) &&
    (selection.current === null || exists(selection.current)) &&
    (selection.anchor === null || exists(selection.anchor));
  if (isWhole) return selection;
  const keep = (id: string | null) => (id !== null && exists(id) ? id : null);
  return {
    chosen: new Set([...selection.chosen].filter(exists)),
    current: keep(selection.current),
    anchor: keep(selection.anchor),
  };
}

/** What of a selection is shown, which is what is acted upon; the same object where that is all of it. */
export function shownPart(selection: Selection, isShown: (id: string) => boolean): Selection {
  const chosen = new Set([...selection.chosen].filter(isShown));
  return chosen.size === selection.chosen.size ? selection : { ...selection, chosen };
}
