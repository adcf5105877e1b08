import type { Graph } from "@/server/workflow/graph";
import { ComfyError } from "./comfy-error";
import { getHistory } from "./history";
import type { ComfyHttp } from "./http";
import { locatePrompt } from "./locate";
import type { PromptPlace } from "./locate";
import { outcomeOf } from "./outcome";
import type { Outcome } from "./outcome";
import { waitingStep } from "./progress";
import type { PromptWatch } from "./prompt-watch";
import type { StallLimits } from "./stall-limits";
import type { Timings } from "./timings";

interface PromptToFollow {
  promptId: string;
  graph: Graph;
  outputNodeId: string;
  /** How many attempts at this picture were given up before, perhaps too early. */
  stalls?: number;
  signal?: AbortSignal;
}

/** What history, or the queue where it was asked, says. */
type Place = PromptPlace | { at: "unsettled" };

/** No wait or question here takes so long, in ms: in such a time this whole machine stood still, as when it slept. */
const SLEPT = 60_000;

/** The step of a prompt whose server does not answer. */
export const notAnsweringStep = "ComfyUI does not answer, waiting";

/**
 * Waits for a prompt's end. The truth is history; a message only makes it be asked sooner, so a silent socket
 * costs a second and no more. Throws ComfyError (kind `lane`) when the server stays out of reach for the grace.
 */
export async function followPrompt(
  http: ComfyHttp,
  timings: Timings,
  watch: PromptWatch,
  job: PromptToFollow,
  options: { askAtOnce: boolean; limits: StallLimits },
): Promise<Outcome> {
  const { limits } = options;
  const stalls = job.stalls ?? 0;
  let downSince: number | null = null;
  let wasUnreachable = false;
  let isWaiting = false;
  let quickAsks = 0;
  let mayAsk = options.askAtOnce || watch.isOver;
  let lookedAt = Date.now();
  for (;;) {
    leaveOutSleep();
    if (mayAsk) {
      if (watch.hasSucceeded && !watch.released && quickAsks === 0)
        await watch.bell.wait(timings.settleRetryMs[0] ?? 0, job.signal);
      await watch.released;
      const askedAt = Date.now();
      try {
        const place = await ask();
        if (downSince !== null) {
          wasUnreachable = true;
          watch.say(null);
        }
        downSince = null;
        if (place.at === "history") {
          const outcome = outcomeOf(place.entry, job.graph, job.outputNodeId);
          if (outcome.kind === "finished") limits.learn(watch.quiet, stalls);
          return outcome;
        }
        if (place.at === "lost") {
          const hasDied = wasUnreachable || watch.wasCut;
          // Of one that lives and no longer knows it, somebody cleared the history.
          const told = hasDied ? null : watch.told.entryOf(job.promptId);
          if (told) return outcomeOf(told, job.graph, job.outputNodeId);
          if (!hasDied && isWaiting && watch.heardAt === null) return { kind: "removed" };
          return { kind: "lost", wasUnreachable: hasDied };
        }
        if (place.at !== "unsettled") isWaiting = place.at === "pending";
        const stall = judge(place);
        if (stall) return { kind: "failed", error: stall };
      } catch (error) {
        job.signal?.throwIfAborted();
        // A message that came meanwhile shows the server alive.
        downSince = Math.max(downSince ?? askedAt, watch.heardAt ?? 0);
        if (Date.now() - downSince >= timings.graceMs) throw laneError(http.address.url, error);
        watch.say(notAnsweringStep);
      }
    }
    const askedAt = Date.now();
    const hasRung = await watch.bell.wait(nextWait(), job.signal);
    // Others' `status` messages ring too: they make the question come sooner, but not each of them.
    if (hasRung && !watch.isOver) await pause(askedAt + timings.hintGapMs - Date.now());
    mayAsk = true;
  }

  async function ask(): Promise<Place> {
    const options = { signal: job.signal, timeoutMs: timings.pollTimeoutMs };
    const isHistoryEnough = isLively() || (watch.isOver && quickAsks < timings.settleRetryMs.length);
    if (watch.isOver) quickAsks += 1;
    if (!isHistoryEnough) return locatePrompt(http, job.promptId, options);
    const entry = await getHistory(http, job.promptId, options);
    return entry ? { at: "history", entry } : { at: "unsettled" };
  }

  function isLively(): boolean {
    return watch.hears && !watch.isOver && Date.now() - (watch.heardAt ?? 0) < timings.livelyMs;
  }

  function nextWait(): number {
    const quick = watch.isOver && downSince === null ? timings.settleRetryMs[quickAsks - 1] : undefined;
    return quick ?? (isLively() ? timings.pollLivelyMs : timings.pollSilentMs);
  }

  async function pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (!watch.isOver && Date.now() < until) await watch.bell.wait(until - Date.now(), job.signal);
  }

  /** Judges a silence: waiting behind others is none, and a running prompt may be silent only for so long. */
  function judge(place: Place): ComfyError | null {
    if (place.at === "pending") {
      watch.signAt = Date.now();
      watch.say(waitingStep);
      return null;
    }
    if (place.at !== "running") return null;
    leaveOutSleep();
    if (!watch.hears) watch.say("running in ComfyUI");
    const silentMs = Date.now() - watch.signAt;
    if (silentMs < limits.limit(phaseOfSilence(), stalls)) return null;
    const minutes = Math.max(1, Math.round(silentMs / 60_000));
    return new ComfyError(
      "stalled",
      "transient",
      `ComfyUI has made no progress with this picture for ${minutes} min.`,
      {
        remedy: "If it happens again, restart ComfyUI.",
      },
    );
  }

  /** The server may have slept with this machine: that was no silence. */
  function leaveOutSleep(): void {
    const now = Date.now();
    if (now - lookedAt >= SLEPT) watch.signAt += now - lookedAt;
    lookedAt = now;
  }

  function phaseOfSilence(): "loading" | "sampling" | "deaf" {
    if (!watch.hears) return "deaf";
    return watch.phase === "sampling" ? "sampling" : "loading";
  }
}

/** Whatever kept the server from answering for the whole grace is the lane's trouble. */
function laneError(url: string, error: unknown): ComfyError {
  if (error instanceof ComfyError && error.kind === "lane") return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ComfyError("unreachable", "lane", `ComfyUI at ${url} does not answer as it should: ${message}`, {
    remedy: error instanceof ComfyError ? error.remedy : null,
    cause: error,
  });
}
