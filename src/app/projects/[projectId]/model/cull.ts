import type { Sentence } from "@/lib/schemas/sentence";

/** What was decided over a shot. */
export type Decision = "kept" | "again" | "edited" | "flagged" | "skipped";

/** A walk through shots, one decision each. */
export interface Cull {
  /** Ids in the order they come. */
  queue: readonly string[];
  /** The one that is looked at; at the end, how many there are. */
  at: number;
  decisions: Readonly<Record<string, Decision>>;
}

export const startCull = (ids: readonly string[]): Cull => ({
  queue: [...new Set(ids)],
  at: 0,
  decisions: {},
});

/** The shot that is looked at, or null at the end. */
export const currentOf = ({ queue, at }: Cull): string | null => queue[at] ?? null;

/** Decides over the current shot and goes on. A later skip does not take an earlier decision away. */
export function decide(cull: Cull, decision: Decision): Cull {
  const id = currentOf(cull);
  if (id === null) return cull;
  const known = cull.decisions[id];
  const kept = decision === "skipped" && known !== undefined ? known : decision;
  return { ...cull, at: cull.at + 1, decisions: { ...cull.decisions, [id]: kept } };
}

/** Back to the shot before. */
export const goBack = (cull: Cull): Cull => (cull.at === 0 ? cull : { ...cull, at: cull.at - 1 });

/** To a shot of the walk. */
export function goTo(cull: Cull, id: string): Cull {
  const at = cull.queue.indexOf(id);
  return at < 0 ? cull : { ...cull, at };
}

/** Without the shots that are gone from the board; the same object where none is. */
export function prune(cull: Cull, exists: (id: string) => boolean): Cull {
  if (cull.queue.every(exists)) return cull;
  const before = cull.queue.slice(0, cull.at).filter(exists).length;
  return {
    queue: cull.queue.filter(exists),
    at: before,
    decisions: Object.fromEntries(Object.entries(cull.decisions).filter(([id]) => exists(id))),
  };
}

/** How many shots each decision fell on, and how many none did. */
export function summaryOf({ queue, decisions }: Cull): Record<Decision | "open", number> {
  const counts = { kept: 0, again: 0, edited: 0, flagged: 0, skipped: 0, open: 0 };
  for (const id of queue) counts[decisions[id] ?? "open"] += 1;
  return counts;
}

/** Shots that were asked for anew and are ready to be looked at. */
export const readyAgain = ({ queue, decisions }: Cull, isReady: (id: string) => boolean): string[] =>
  queue.filter((id) => (decisions[id] === "again" || decisions[id] === "edited") && isReady(id));

/** Whether a shot asks for a look: changed, failed, flagged, or with something to say about its picture. */
export const needsEye = (one: Sentence): boolean =>
  one.isFlagged || one.status === "failed" || (one.imageUrl !== null && one.isImageDirty);

/** A walk as it is kept over a reload, read again; null where it is none. */
export function readCull(text: string | null): Cull | null {
  if (text === null) return null;
  try {
    const { queue, at, decisions } = JSON.parse(text) as Cull;
    return Array.isArray(queue) && Number.isInteger(at) && typeof decisions === "object" && decisions !== null
      ? { queue, at, decisions }
      : null;
  } catch {
    return null;
  }
}
