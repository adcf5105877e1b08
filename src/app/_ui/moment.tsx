"use client";
import { useNow } from "./use-now";
import { momentWords } from "./wording";

/** A moment inside a sentence, by the browser's clock: `at 22:14`, `yesterday at 22:14`. */
export function Moment({ at }: { at: string }) {
  const now = useNow();
  // Before, a place of its size: nothing moves when it is known.
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {now === null ? <span className="invisible">at 00:00</span> : momentWords(Date.parse(at), now)}
    </time>
  );
}
