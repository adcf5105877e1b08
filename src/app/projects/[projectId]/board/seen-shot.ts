/** The shot that is looked at: the current one where it is in view, else the first one that is. */
export function seenShot(scroller: HTMLElement, current: string | null): string | null {
  const { top, bottom } = scroller.getBoundingClientRect();
  const seen = [...scroller.querySelectorAll<HTMLElement>("[data-shot-id]")].filter((one) => {
    const box = one.getBoundingClientRect();
    return (box.top + box.bottom) / 2 > top && (box.top + box.bottom) / 2 < bottom;
  });
  const ids = seen.map((one) => one.dataset["shotId"]!);
  return current !== null && ids.includes(current) ? current : (ids[0] ?? null);
}
