"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** In the address where a new thing is being made. */
export const NEW = "new";

/** Which thing of a library page is open: its id, `new`, or null. It stands in the address, so Back works. */
export function useChosen(): [id: string | null, choose: (id: string | null) => void] {
  const path = usePathname();
  const id = useSearchParams().get("id");
  const choose = useCallback(
    (next: string | null) => {
      // Next.js follows the browser's history: nothing is asked of the server for it.
      history.pushState(null, "", next === null ? path : `${path}?id=${encodeURIComponent(next)}`);
    },
    [path],
  );
  return [id, choose];
}
