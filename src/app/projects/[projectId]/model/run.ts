import type { Job } from "@/lib/schemas/job";
import type { Sentence } from "@/lib/schemas/sentence";
import { hasFailure } from "./shot-state";

/** Finished pictures that the pace is measured by. */
const RECENT = 12;

/** A shot with pictures in the line or being painted, as it was last looked at. */
interface OpenShot {
  pictures: number;
  /** Pictures that failed since it was at rest. */
  failed: number;
  /** The take that it showed. */
  take: string | null;
}

/** The pictures that are being made, from the first one queued until the line is empty. */
export interface Run {
  /** Pictures that were asked for, by shot; cancelled ones are taken out. */
  asked: ReadonlyMap<string, number>;
  open: ReadonlyMap<string, OpenShot>;
  /** Pictures that failed, by shot. */
  failed: ReadonlyMap<string, number>;
  /** Pictures that were over before the run was looked at. */
  past: { done: number; failed: number };
  /** When pictures were finished, ascending, in ms since 1970. */
  doneAt: readonly number[];
  startedAt: number;
  /** When the line became empty; null while it is not. */
  endedAt: number | null;
}

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

/** The run after a look at the board; the same object where nothing changed. */
export function followRun(run: Run | null, sentences: readonly Sentence[], now: number): Run | null {
  const open = new Map<string, OpenShot>();
  for (const one of sentences)
    if (one.status === "generating")
      open.set(one.id, {
        pictures: Math.max(1, one.openJobs),
        failed: one.failedJobs,
        take: one.selectedTakeId,
      });
  if (run === null || run.endedAt !== null) {
    if (open.size === 0) return run;
    return {
      asked: new Map([...open].map(([id, { pictures }]) => [id, pictures])),
      open,
      failed: new Map(),
      past: { done: 0, failed: 0 },
      doneAt: [],
      startedAt: startOf(sentences, now),
      endedAt: null,
    };
  }
  if (isSame(run.open, open)) return run;

  const asked = new Map(run.asked);
  const failed = new Map(run.failed);
  const doneAt = [...run.doneAt];
  for (const { id, failedJobs, selectedTakeId } of sentences) {
    const before = run.open.get(id);
    const left = open.get(id)?.pictures ?? 0;
    if (before === undefined && left === 0) continue;
    const newlyFailed = Math.max(0, failedJobs - (before?.failed ?? 0));
    const more = left + newlyFailed - (before?.pictures ?? 0);
    // What is asked for of a shot at rest takes the place of all that failed of it.
    const retried = before === undefined ? (failed.get(id) ?? 0) : 0;
    add(failed, id, newlyFailed - retried);
    if (more > 0) add(asked, id, more - retried);
    // Without another picture it was cancelled.
    else if (selectedTakeId === before?.take) add(asked, id, more);
    else doneAt.push(...Array.from({ length: -more }, () => now));
  }
  const onBoard = new Set(sentences.map((one) => one.id));
  for (const [id, { pictures }] of run.open) if (!onBoard.has(id)) add(asked, id, -pictures);
  return { ...run, asked, open, failed, doneAt, endedAt: open.size === 0 ? now : null };
}

function isSame(a: Run["open"], b: Run["open"]): boolean {
  return (
    a.size === b.size &&
    [...a].every(([id, { pictures, failed, take }]) => {
      const other = b.get(id);
      return (
        other !== undefined && other.pictures === pictures && other.failed === failed && other.take === take
      );
    })
  );
}

function add(counts: Map<string, number>, id: string, more: number): void {
  const sum = (counts.get(id) ?? 0) + more;
  if (sum > 0) counts.set(id, sum);
  else counts.delete(id);
}

/** A run with what was over when the page was opened in the middle of it. */
export function withEndedJobs(run: Run, jobs: readonly Job[], openedAt: number): Run {
  const ended = jobs.filter((job) => job.endedAt !== null && Date.parse(job.endedAt) <= openedAt);
  const done = ended.filter((job) => job.status === "completed");
  const starts = jobs.flatMap((job) => (job.startedAt === null ? [] : Date.parse(job.startedAt)));
  const times = done.map((job) => Date.parse(job.endedAt!)).toSorted((a, b) => a - b);
  return {
    ...run,
    past: { done: done.length, failed: ended.filter((job) => job.status === "failed").length },
    doneAt: [...times, ...run.doneAt],
    startedAt: Math.min(run.startedAt, ...starts.slice(0, 1_000)),
  };
}

/** How far a run is, in pictures. */
export interface RunView {
  total: number;
  /** Those that are over: painted or failed. */
  over: number;
  failed: number;
  /** Whether the board tells of pictures that failed, and why. */
  hasFailures: boolean;
  /** Jobs whose pictures are being painted. */
  running: readonly Job[];
  /** ms for one picture, from the last ones; null until one is done. */
  pace: number | null;
  /** When the last picture will be done, in ms since 1970. */
  doneBy: number | null;
}

/**
 * The numbers of a run.
 * @param asFar a job that is being painted as far as it is now
 */
export function viewRun(
  run: Run,
  sentences: readonly Sentence[],
  now: number,
  asFar: (job: Job) => Job = (job) => job,
): RunView {
  const open = sumOf([...run.open.values()].map((one) => one.pictures));
  const failed = sumOf(run.failed.values()) + run.past.failed;
  const total = sumOf(run.asked.values()) + run.past.done + run.past.failed;
  const over = total - open;
  const running = sentences.flatMap(({ id, job }) =>
    job?.status === "running" && run.open.has(id) ? [job] : [],
  );
  const pace = paceOf(run);
  const left = Math.max(0, open - paintedOf(running.map(asFar)));
  return {
    total,
    over,
    failed,
    hasFailures: sentences.some(hasFailure),
    running,
    pace,
    doneBy: pace === null || run.endedAt !== null ? null : now + left * pace,
  };
}

/** Pictures' worth of what is being painted. */
const paintedOf = (running: readonly Job[]) => running.reduce((sum, job) => sum + job.progress / 100, 0);

/** How much of a run is there, 0…1: what is being painted counts as far as it is. */
export const shareOf = ({ total, over }: RunView, running: readonly Job[]): number =>
  total === 0 ? 0 : Math.min(1, (over + paintedOf(running)) / total);

function paceOf({ doneAt, startedAt }: Run): number | null {
  const last = doneAt.slice(-RECENT);
  if (last.length === 0) return null;
  if (last.length === 1) return Math.max(0, last[0]! - startedAt);
  return (last.at(-1)! - last[0]!) / (last.length - 1);
}

function startOf(sentences: readonly Sentence[], now: number): number {
  const starts = sentences.flatMap(({ job }) => (job?.startedAt ? [Date.parse(job.startedAt)] : []));
  return starts.length > 0 ? Math.min(now, ...starts.slice(0, 64)) : now;
}
