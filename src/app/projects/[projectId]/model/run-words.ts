import { counted, duration } from "../../../_ui/wording";
import type { Run, RunView } from "./run";

/** The title of the page: how far the pictures are, and whose they are. */
export function pageTitle(name: string, view: RunView | null): string {
  const progress = view === null || view.over >= view.total ? "" : `(${view.over}/${view.total}) `;
  return `${progress}${name} · Shotboard`;
}

/** What a run made, once it is over; null where there is nothing to tell: one picture is seen on the board. */
export function endWords(
  { startedAt, endedAt }: Run,
  { total, failed, hasFailures }: RunView,
): { title: string; text: string | null } | null {
  if (endedAt === null || total < 2) return null;
  const painted = total - failed;
  const time = duration(endedAt - startedAt);
  if (failed === 0) return { title: `${counted(painted, "picture")} done in ${time}.`, text: null };
  return {
    title:
      painted === 0
        ? `${counted(failed, "picture")} failed.`
        : `${counted(painted, "picture")} done in ${time}, ${failed} failed.`,
    text: hasFailures ? "Why, and what to do, stands above the board under “failed”." : null,
  };
}
