/** Frames that are waited for an element to appear. */
const FRAMES = 20;

/** Moves the keyboard to a shot, as soon as it is drawn. */
export function focusShot(id: string): void {
  whenThere<HTMLElement>(`[data-shot-id="${CSS.escape(id)}"]`, (shot) => shot.focus({ preventScroll: true }));
}

/** Moves the keyboard to the image prompt, as soon as the inspector is there. */
export function focusPrompt(): void {
  whenThere<HTMLTextAreaElement>('[data-field="imagePrompt"]', (field) => {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}

/** Moves the keyboard to the search, with what is in it selected. */
export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  field?.focus();
  field?.select();
}

/** Brings a section's heading to the top of the board. */
export function jumpTo(sectionId: string): void {
  document.querySelector(`[data-section-id="${CSS.escape(sectionId)}"]`)?.scrollIntoView({ block: "start" });
}

function whenThere<T extends Element>(selector: string, act: (element: T) => void, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<T>(selector);
    if (element) act(element);
    else if (frames > 0) whenThere(selector, act, frames - 1);
  });
}
