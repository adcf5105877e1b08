import type { MouseEvent } from "react";

interface DividedTextProps {
  text: string;
  /** Where it would be divided; null = nowhere. */
  gap: number | null;
  /** Of the part behind. */
  afterClass?: string;
}

/** A text with the place where it would be divided. */
export function DividedText({ text, gap, afterClass }: DividedTextProps) {
  if (gap === null) return text;
  return (
    <>
      <span>{text.slice(0, gap)}</span>
      <span aria-hidden className="mx-px inline-block h-[1.1em] w-0.5 translate-y-0.5 bg-accent" />
      <span data-after={gap} className={afterClass}>
        {text.slice(gap)}
      </span>
    </>
  );
}

/** The offset in such a text that was clicked; null where no text was. */
export function clickedOffset(event: MouseEvent): number | null {
  const found = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (!found) return null;
  return found.offset + Number(found.offsetNode.parentElement?.dataset["after"] ?? 0);
}
