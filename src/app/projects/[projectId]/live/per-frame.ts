/** ms between two rounds where the page is hidden and draws no frames. */
const HIDDEN = 250;

/** Collects what comes in and hands it on once a frame, oldest first. */
export function perFrame<T>(handle: (items: T[]) => void): { add: (item: T) => void; stop: () => void } {
  let items: T[] = [];
  let cancel: (() => void) | null = null;
  const flush = () => {
    cancel = null;
    const some = items;
    items = [];
    handle(some);
  };
  const schedule = () => {
    if (document.hidden) {
      const timer = setTimeout(flush, HIDDEN);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(flush);
    // A page that is hidden in this moment draws no frame: the timer sees to it.
    const timer = setTimeout(() => {
      cancelAnimationFrame(frame);
      flush();
    }, HIDDEN);
    const stop = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    return stop;
  };
  return {
    add: (item) => {
      items.push(item);
      cancel ??= schedule();
    },
    stop: () => cancel?.(),
  };
}
