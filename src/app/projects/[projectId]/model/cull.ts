import type { Sentence } from "@/lib/schemas/sentence";
import { hasFailure } from "./shot-state";

/** What was decided over a shot. */
export type Decision = "kept" | "again" | "edited" | "flagged" | "skipped";

/** A walk through shots, one decision each. */
export interface Cull {
  /** Ids in the order they come. */
  queue: readonly string[];
  /** The one that is looked at; at the end, how many there are. */
  at: number;
  decisions: Readonly<Record<string, Decision>>;
  /** Of shots that were asked for anew, the take that was shown then. */
  asked: Readonly<Record<string, string | null>>;
}

export const startCull = (ids: readonly string[]): Cull => ({
  queue: [...new Set(ids)],
  at: 0,
  decisions: {},
  asked: {},
});

/** The shot that is looked at, or null at the end. */
export const currentOf = ({ queue, at }: Cull): string | null => queue[at] ?? null;

/**
 * Decides over the current shot and goes on. A later skip does not take an earlier decision away.
 * @param shown the take that is looked at, where another one is asked for
 */
export function decide(cull: Cull, decision: Decision, shown: string | null = null): Cull {
  const id = currentOf(cull);
  if (id === null) return cull;
  const known = cull.decisions[id];
  const kept = decision === "skipped" && known !== undefined ? known : decision;
  const asked = decision === "again" || decision === "edited" ? { ...cull.asked, [id]: shown } : cull.asked;
  return { ...cull, at: cull.at + 1, decisions: { ...cull.decisions, [id]: kept }, asked };
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
    asked: Object.fromEntries(Object.entries(cull.asked).filter(([id]) => exists(id))),
  };
}

/** How many shots each decision fell on, and how many none did. */
export function summaryOf({ queue, decisions }: Cull): Record<Decision | "open", number> {
  const counts = { kept: 0, again: 0, edited: 0, flagged: 0, skipped: 0, open: 0 };
  for (const id of queue) counts[decisions[id] ?? "open"] += 1;
  return counts;
}

/** Shots that were asked for anew and are ready to be looked at: another picture is there, or none could be made. */
export const readyAgain = (
  { queue, asked }: Cull,
  shotOf: (id: string) => Pick<Sentence, "status" | "error" | "selectedTakeId"> | undefined,
): string[] =>
  queue.filter((id) => {
    const shot = shotOf(id);
    if (shot === undefined || !(id in asked) || shot.status === "generating") return false;
    return hasFailure(shot) || shot.selectedTakeId !== asked[id];
  });

/** Whether a shot asks for a look: changed, failed, flagged, or with something to say about its picture. */
export const needsEye = (one: Sentence): boolean =>
  one.isFlagged || hasFailure(one) || (one.imageUrl !== null && one.isImageDirty);

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Where a walk through a project's shots is kept over a reload, in the tab's session. */
export const cullKey = (projectId: string): string => `shotboard cull ${projectId}`;

/** A walk as it is kept over a reload, read again; null where it is none. */
export function readCull(text: string | null): Cull | null {
  if (text === null) return null;
  try {
    const { queue, at, decisions, asked } = JSON.parse(text) as Cull;
    const isWhole = Array.isArray(queue) && Number.isInteger(at) && isRecord(decisions) && isRecord(asked);
    return isWhole ? { queue, at, decisions, asked } : null;
  } catch {
    return null;
  }
}
