"use client";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { noDraft, onDraft, readDraft, writeDraft } from "./draft-store";

export interface Draft<T extends object> {
  /** What the form shows: what is stored with what was typed over it. */
  values: T;
  /** The fields that differ from what is stored. */
  changes: Partial<T>;
  isChanged: boolean;
  set: (changes: Partial<T>) => void;
  discard: () => void;
}

/** As JSON has them, but for NaN, which JSON writes as null: what is no number is not the same as nothing. */
export const isSame = (a: unknown, b: unknown): boolean =>
  Number.isNaN(a) === Number.isNaN(b) && JSON.stringify(a) === JSON.stringify(b);

/**
 * A form's values over what is stored.
 * @param key names the form among all forms: `style none`
 * @param base what is stored now; a field that was typed back to it is no change
 */
export function useDraft<T extends object>(key: string, base: T): Draft<T> {
  const typed = useSyncExternalStore(
    onDraft,
    useCallback(() => readDraft(key), [key]),
    noDraft,
  ) as Partial<T>;
  return useMemo(() => {
    const changed = Object.entries(typed).filter(
      ([field, value]) => field in base && !isSame(value, base[field as keyof T]),
    );
    const changes = Object.fromEntries(changed) as Partial<T>;
    return {
      values: { ...base, ...changes },
      changes,
      isChanged: changed.length > 0,
      set: (more) => writeDraft(key, { ...readDraft(key), ...more }),
      discard: () => writeDraft(key, {}),
    };
  }, [typed, base, key]);
}

/** Whether something typed into this form is not saved. */
export function useHasDraft(key: string): boolean {
  return useSyncExternalStore(
    onDraft,
    () => Object.keys(readDraft(key)).length > 0,
    () => false,
  );
}
