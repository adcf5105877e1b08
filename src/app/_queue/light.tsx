import { cx } from "../_ui/class-names";
import type { Tone } from "./lane-light";

/** `past`: of something that is over. */
const DOTS: Record<Tone | "past", string> = {
  good: "bg-good",
  busy: "bg-accent animate-breathe",
  warn: "rounded-[2px]! bg-warn",
  past: "border border-muted",
  bad: "rotate-45 rounded-[2px]! bg-bad",
};

/** A small light; its shape says the same as its colour, and the words beside it say it all. */
export function Light({ tone }: { tone: keyof typeof DOTS }) {
  return <span aria-hidden className={cx("block size-2 shrink-0 rounded-full", DOTS[tone])} />;
}
