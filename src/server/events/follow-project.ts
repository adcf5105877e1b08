import { setTimeout as wait } from "node:timers/promises";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { EventHub } from "./event-hub";
import type { LoggedEvent } from "./event-log";

/** ms between two looks at a congested connection. */
const CONGESTED_WAIT = 25;

export interface FollowOptions {
  lastEventId?: string | null | undefined;
  /** Reads what is true now. */
  snapshot: () => Promise<ProjectEvent>;
  /** True while the connection has more to send than it should hold. */
  isCongested: () => boolean;
  signal: AbortSignal;
}

/**
 * A project's events with their ids, without loss or doubles: listens first, then yields what the client
 * missed (or a snapshot, where that is not known), then what comes. While the connection is congested only
 * the newest event of each kind and thing is kept.
 */
export async function* followProject(
  hub: EventHub,
  projectId: string,
  { lastEventId, snapshot, isCongested, signal }: FollowOptions,
): AsyncGenerator<[id: string, event: ProjectEvent], void, undefined> {
  const pending = new Map<string, LoggedEvent>();
  let wake = () => {};
  const add = (one: LoggedEvent) => {
    const key = keyOf(one.event);
    pending.delete(key);
    pending.set(key, one);
    wake();
  };
  const log = hub.logOf(projectId);
  const stop = log.listen(add);
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    const from = hub.seqOf(lastEventId);
    const missed = from === null ? null : log.after(from);
    if (missed) for (const one of missed) add(one);
    else {
      const seq = hub.seq;
      const event = await snapshot();
      yield [hub.idOf(seq), event];
    }
    while (!signal.aborted) {
      while (isCongested() && !signal.aborted) await wait(CONGESTED_WAIT);
      const next = pending.entries().next().value;
      if (!next) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (pending.size > 0 || signal.aborted) resolve();
        });
        continue;
      }
      pending.delete(next[0]);
      yield [hub.idOf(next[1].seq), next[1].event];
    }
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}

/** What replaces what while a client is slow. */
function keyOf(event: ProjectEvent): string {
  if (event.type === "job") return `job ${event.job.id}`;
  if (event.type === "sentence") return `sentence ${event.sentence.id}`;
  return event.type;
}
