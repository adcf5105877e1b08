import { useSyncExternalStore } from "react";
import { type RunView, shareOf } from "../model/run";
import { useBoard } from "./board-context";

/** The 2 px under the top bar: how far the pictures are. Its place is always there. */
export function ProgressLine({ view, isRunning }: { view: RunView | null; isRunning: boolean }) {
  if (view === null || !isRunning) return <div className="h-0.5 bg-line" />;
  return (
    <div className="relative h-0.5 overflow-hidden bg-line">
      <progress aria-label="Pictures" max={view.total} value={view.over} className="sr-only" />
      <Line view={view} />
    </div>
  );
}

function Line({ view }: { view: RunView }) {
  const { steps } = useBoard().cache;
  const share = useSyncExternalStore(
    steps.subscribe,
    () => shareOf(view, view.running.map(steps.of)),
    () => shareOf(view, view.running),
  );
  return (
    <div
      className="h-full origin-left bg-accent transition-transform duration-180"
      style={{ transform: `scaleX(${share})` }}
    />
  );
}
