import type { KeyboardEvent } from "react";
import { keyName, type Hotkeys } from "../board/use-hotkeys";

const TYPED = "input, textarea, select, [contenteditable=true]";

/** Hears a stage's keys, wherever in it nothing is typed. Both Enter and Space press a button that has the focus. */
export function stageKeys(keys: Hotkeys) {
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TYPED)) return;
    if ((event.key === "Enter" || event.key === " ") && target?.closest("button, a")) return;
    const handler = keys[keyName(event.nativeEvent)];
    if (!handler || handler(event.nativeEvent) === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
