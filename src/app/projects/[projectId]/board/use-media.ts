"use client";
import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; on the server, whether it is `assumed` to. */
export function useMedia(query: string, assumed: boolean): boolean {
  return useSyncExternalStore(
    useCallback(
      (listener) => {
        const list = matchMedia(query);
        list.addEventListener("change", listener);
        return () => list.removeEventListener("change", listener);
      },
      [query],
    ),
    () => matchMedia(query).matches,
    () => assumed,
  );
}
