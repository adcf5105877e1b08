import type { Job } from "@/lib/schemas/job";
import type { Sentence } from "@/lib/schemas/sentence";

/** Finished pictures that the pace is measured by. */
const RECENT = 12;

/** The pictures that are being made, from the first one queued until the line is empty. */
export interface Run {
  /** Shots of this run, whatever became of them; cancelled ones are taken out. */
  shots: ReadonlySet<string>;
  /** Shots that are in the line or being painted, with the take they showed then. */
  open: ReadonlyMap<string, string | null>;
  /** Shots of this run that failed. */
  failed: ReadonlySet<string>;
  /** When pictures were finished, ascending, in ms since 1970. */
  doneAt: readonly number[];
  startedAt: number;
  /** When the line became empty; null while it is not. */
  endedAt: number | null;
}

/** The run after a look at the board; the same object where nothing changed. */
export function followRun(run: Run | null, sentences: readonly Sentence[], now: number): Run | null {
  const open = new Map<string, string | null>();
  for (const one of sentences)
    if (one.status === "generating") open.set(one.id, run?.open.get(one.id) ?? one.selectedTakeId);
  if (run === null || run.endedAt !== null) {
    if (open.size === 0) return run;
    return {
      shots: new Set(open.keys()),
      open,
      failed: new Set(),
      doneAt: [],
      startedAt: startOf(sentences, now),
      endedAt: null,
    };
  }
  const isSame = open.size === run.open.size && [...open.keys()].every((id) => run.open.has(id));
  if (isSame) return run;

  const byId = new Map(sentences.map((one) => [one.id, one]));
  const shots = new Set([...run.shots, ...open.keys()]);
  const failed = new Set([...run.failed].filter((id) => !open.has(id)));
  const doneAt = [...run.doneAt];
  for (const [id, takeBefore] of run.open) {
    if (open.has(id)) continue;
    const now_ = byId.get(id);
    if (now_?.status === "failed") failed.add(id);
    else if (now_?.status === "completed" && now_.selectedTakeId !== takeBefore) doneAt.push(now);
    else shots.delete(id);
  }
  return { ...run, shots, open, failed, doneAt, endedAt: open.size === 0 ? now : null };
}

/** A run as it is known from its jobs, for a page that was opened in the middle of it. */
export function withEndedJobs(run: Run, jobs: readonly Job[]): Run {
  const ended = jobs.filter(
    (job) => job.sentenceId !== null && job.endedAt !== null && !run.open.has(job.sentenceId),
  );
  const done = ended.filter((job) => job.status === "completed");
  const failed = ended.filter((job) => job.status === "failed");
  const starts = jobs.flatMap((job) => (job.startedAt === null ? [] : Date.parse(job.startedAt)));
  const times = done.map((job) => Date.parse(job.endedAt!)).toSorted((a, b) => a - b);
  const known = run.doneAt[0] ?? Infinity;
  return {
    ...run,
    shots: new Set([...run.shots, ...[...done, ...failed].map((job) => job.sentenceId!)]),
    failed: new Set([...run.failed, ...failed.map((job) => job.sentenceId!)]),
    doneAt: [...times.filter((at) => at < known), ...run.doneAt],
    startedAt: Math.min(run.startedAt, ...starts.slice(0, 1_000)),
  };
}

export interface RunView {
  total: number;
  /** Shots that are over: painted or failed. */
  over: number;
  failed: number;
  /** 0…1, the picture being painted included. */
  share: number;
  /** ms for one picture, from the last ones; null until one is done. */
  pace: number | null;
  /** When the last picture will be done, in ms since 1970. */
  doneBy: number | null;
}

/** The numbers of a run. */
export function viewRun(run: Run, sentences: readonly Sentence[], now: number): RunView {
  const total = run.shots.size;
  const over = [...run.shots].filter((id) => !run.open.has(id)).length;
  const running = sentences.filter((one) => run.open.has(one.id) && one.job?.status === "running");
  const partial = running.reduce((sum, one) => sum + (one.job?.progress ?? 0) / 100, 0);
  const pace = paceOf(run);
  const left = Math.max(0, run.open.size - partial);
  return {
    total,
    over,
    failed: run.failed.size,
    share: total === 0 ? 0 : Math.min(1, (over + partial) / total),
    pace,
    doneBy: pace === null || run.endedAt !== null ? null : now + left * pace,
  };
}

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
