/** Frames that are waited for a field to appear. */
const FRAMES = 20;

/** Moves the keyboard to a shot and brings it into view. */
export function focusShot(id: string): void {
  requestAnimationFrame(() => {
    const shot = document.querySelector<HTMLElement>(`[data-shot-id="${CSS.escape(id)}"]`);
    shot?.focus({ preventScroll: true });
    shot?.scrollIntoView({ block: "nearest" });
  });
}

/** Moves the keyboard to the image prompt, as soon as the inspector is there. */
export function focusPrompt(frames = FRAMES): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLTextAreaElement>('[data-field="imagePrompt"]');
    if (field) {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } else if (frames > 0) focusPrompt(frames - 1);
  });
}

/** How many shots stand beside each other now. */
export function columnsOf(grid: HTMLElement | null): number {
  const row = grid?.querySelector<HTMLElement>("[role=rowgroup]");
  return row ? getComputedStyle(row).gridTemplateColumns.split(" ").length : 1;
}
