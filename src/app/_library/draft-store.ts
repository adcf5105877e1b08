/** What is typed into a form and not saved yet, by form: it outlives a look at another page, and a reload. */
const PREFIX = "shotboard draft ";
const NONE: Readonly<Record<string, unknown>> = {};

type Changes = Readonly<Record<string, unknown>>;

const known = new Map<string, Changes>();
const listeners = new Set<() => void>();

/** The changed fields of a form; the same object until one changes. */
export function readDraft(key: string): Changes {
  const here = known.get(key);
  if (here) return here;
  const kept = sessionStorage.getItem(PREFIX + key);
  const changes = kept === null ? NONE : (JSON.parse(kept) as Changes);
  known.set(key, changes);
  return changes;
}

/** Keeps the changed fields of a form; none of them forgets it. */
export function writeDraft(key: string, changes: Changes): void {
  const isEmpty = Object.keys(changes).length === 0;
  known.set(key, isEmpty ? NONE : changes);
  if (isEmpty) sessionStorage.removeItem(PREFIX + key);
  else sessionStorage.setItem(PREFIX + key, JSON.stringify(changes));
  for (const listener of listeners) listener();
}

/** Before the browser has taken over there is no draft. */
export const noDraft = (): Changes => NONE;

export function onDraft(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
