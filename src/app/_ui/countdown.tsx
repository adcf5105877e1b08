"use client";
import { useEffect, useState } from "react";
import { useInBrowser } from "./use-in-browser";
import { retryWords, secondsUntil } from "./wording";

/** When something is tried again by itself, counted down by the second. */
export function Countdown({ at, suffix = "" }: { at: number; suffix?: string }) {
  const seconds = useSecondsUntil(at);
  // The server's clock is not the browser's.
  const isInBrowser = useInBrowser();
  return <span className="whitespace-nowrap">{isInBrowser && `${retryWords(seconds)}${suffix}`}</span>;
}

function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const left = at - Date.now();
      setNow(Date.now());
      // At the very moment that the number changes.
      if (left > 0) timer = setTimeout(tick, left % 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [at]);
  return secondsUntil(at, now);
}
