"use client";
import type { Scope } from "../model/scopes";
import { useForesight } from "./use-foresight";

/** What a choice would mean: how many, how long, what is left out. Its place is always there. */
export function Foresight({ scope, takes }: { scope: Scope; takes: number }) {
  const words = useForesight(scope, takes);
  return (
    // A menu may hold groups, but no output.
    <fieldset
      aria-label="What it takes"
      aria-live="polite"
      className="min-h-14 min-w-0 max-w-64 px-2.5 py-1 text-meta text-soft"
    >
      {words && (
        <>
          <span className="block text-text">{words.main}</span>
          <span className="block">{words.more}</span>
        </>
      )}
    </fieldset>
  );
}

/** The same in a line of the status row. */
export function ForesightLine({ scope, takes }: { scope: Scope; takes: number }) {
  const words = useForesight(scope, takes);
  if (words === null) return null;
  return (
    <span className="min-w-0 truncate max-md:hidden" title={`${words.main}. ${words.more}`}>
      {words.main}
      {words.more && <span className="max-lg:hidden">{` · ${words.more}`}</span>}
    </span>
  );
}
