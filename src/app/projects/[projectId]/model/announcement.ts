import type { RunView } from "./run";
import { counted } from "../../../_ui/wording";

/** What is read out after a change of the run: its start, each quarter and its end; null in between. */
export function announcement(before: RunView | null, now: RunView | null): string | null {
  if (now === null) return null;
  if (before === null || (before.total > 0 && before.over === before.total && now.over < now.total))
    return now.over < now.total ? `Painting ${counted(now.total, "picture")}.` : null;
  if (now.over === before.over) return null;
  if (now.over === now.total) {
    const painted = now.total - now.failed;
    return now.failed === 0
      ? `${counted(painted, "picture")} done.`
      : `${counted(painted, "picture")} done, ${now.failed} failed.`;
  }
  const quarter = (view: RunView) => Math.floor((4 * view.over) / Math.max(1, view.total));
  return quarter(now) > quarter(before) ? `${now.over} of ${now.total} done.` : null;
}
