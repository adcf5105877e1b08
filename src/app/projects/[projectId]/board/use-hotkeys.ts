"use client";
import { useEffect, useRef } from "react";

/** Keys of the board: the key as `event.key` gives it, `Alt+`, `Mod+` and `Shift+` before it in this order. Answers whether it was taken. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => boolean | void>;

const TYPED = "input:not([type=range]), textarea, select, [contenteditable=true]";
/** Keys that move a slider. */
const SLIDES = /^(Arrow|Home$|End$|Page)/;
/** Where keys have a meaning of their own. */
const OWN_KEYS = "[role=dialog]:not([data-board-keys]), [role=menu], [role=listbox], [role=slider]";

/** Listens for the board's keys wherever nothing is typed and no dialog is open. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // Alt writes signs on many keyboards; with an arrow it does not.
      if (event.altKey && !event.key.startsWith("Arrow")) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TYPED) || target?.closest(OWN_KEYS)) return;
      if (target?.matches("[type=range]") && SLIDES.test(event.key)) return;
      if ((event.key === "Enter" || event.key === " ") && target?.closest("button, a")) return;
      const handler = latest.current[keyName(event)];
      if (handler && handler(event) !== false) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

/** A key as the tables of keys name it. */
export function keyName({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): string {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const isLetterOrName = /^[a-z]$/.test(name) || key.length > 1;
  return `${altKey ? "Alt+" : ""}${ctrlKey || metaKey ? "Mod+" : ""}${shiftKey && isLetterOrName ? "Shift+" : ""}${name}`;
}
