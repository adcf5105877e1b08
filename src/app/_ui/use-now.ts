"use client";
import { useSyncExternalStore } from "react";

const MINUTE = 60_000;

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE);
  return () => clearInterval(timer);
}

/** The present minute by the browser's clock, in ms since 1970; null on the server, whose clock is another. */
export function useNow(): number | null {
  return useSyncExternalStore(
    everyMinute,
    () => Math.floor(Date.now() / MINUTE) * MINUTE,
    () => null,
  );
}
