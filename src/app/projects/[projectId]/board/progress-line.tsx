import type { RunView } from "../model/run";

/** The 2 px under the top bar: how far the pictures are. Its place is always there. */
export function ProgressLine({ view, isRunning }: { view: RunView | null; isRunning: boolean }) {
  if (view === null || !isRunning) return <div className="h-0.5 bg-line" />;
  return (
    <div className="relative h-0.5 overflow-hidden bg-line">
      <progress aria-label="Pictures" max={view.total} value={view.over} className="sr-only" />
      <div
        className="h-full origin-left bg-accent transition-transform duration-180"
        style={{ transform: `scaleX(${view.share})` }}
      />
    </div>
  );
}
