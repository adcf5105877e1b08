"use client";
import { useEffect, useRef } from "react";
import { flushSync } from "react-dom";

/** What Escape closes besides a message. */
const OPEN = ["dialog", "alertdialog", "menu", "listbox"]
  .map((role) => `[role=${role}][data-state=open]`)
  .join(", ");

/**
 * Puts messages away before Escape is heard where something else is open: a message came last, and would take the key
 * from the dialog that it was pressed for. In a message itself it stays the message's.
 */
export function useEscapeBehind(putAway: () => void): void {
  const latest = useRef(putAway);
  useEffect(() => {
    latest.current = putAway;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector(OPEN) === null) return;
      if (document.activeElement?.closest("[data-message]")) return;
      flushSync(() => latest.current());
    };
    addEventListener("keydown", listen, { capture: true });
    return () => removeEventListener("keydown", listen, { capture: true });
  }, []);
}
