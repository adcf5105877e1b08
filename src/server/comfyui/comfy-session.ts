import type { Graph } from "@/server/workflow/graph";
import { cancelPrompt } from "./cancel";
import { openComfySocket } from "./comfy-socket";
import { followPrompt } from "./follow-prompt";
import type { PreviewFrame } from "./frames";
import type { ComfyHttp } from "./http";
import type { Logger } from "./log";
import { promptIdOf } from "./messages";
import type { ComfyMessage } from "./messages";
import type { Outcome } from "./outcome";
import { PromptWatch } from "./prompt-watch";
import type { Listener } from "./prompt-watch";
import { refusalError } from "./refusal-error";
import { StallLimits } from "./stall-limits";
import type { Quiet } from "./stall-limits";
import { postPrompt } from "./submit-prompt";
import type { Timings } from "./timings";

export interface SubmitJob {
  graph: Graph;
  /** A canonical lower-case UUID: the attempt's. */
  promptId: string;
  /** What ComfyUI writes into the picture as its workflow. */
  workflow?: unknown;
  signal?: AbortSignal;
}

export interface FollowJob extends Listener {
  promptId: string;
  graph: Graph;
  /** The node whose pictures are wanted. */
  outputNodeId: string;
  /** How many attempts at this picture were given up before: each next one may be silent twice as long. None unless told. */
  stalls?: number;
  signal?: AbortSignal;
}

/** What a session tells its lane, and what it was told by it. */
export interface SessionListener {
  /** A prompt that came to its end well was silent for longer than any before: all that is known by now, in ms. */
  onQuiet?(longest: Quiet): void;
  /** The socket is open again after it had dropped, as after ComfyUI's restart. */
  onReconnected?(): void;
}

/** One lane's ears: a WebSocket of its own, opened at once and again whenever it closes. */
export interface ComfySession {
  /**
   * Posts a prompt once the socket is open (or has not opened in time). Follow the id in the answer: an older
   * server chooses its own. A refusal is a ComfyError. After `unreachable` the server may have got the prompt
   * all the same: locate it before posting again.
   */
  submit(job: SubmitJob): Promise<{ promptId: string }>;
  /**
   * Waits for the end of a prompt, submitted here or, after a crash, by an earlier process. An abort rejects with
   * the signal's reason and leaves the prompt running. `lost` may be submitted again. Throws a ComfyError of kind
   * `lane` when the server stays out of reach. A `stalled` prompt still holds the server: cancel it.
   */
  follow(job: FollowJob): Promise<Outcome>;
  /** Takes over what an earlier session of this lane told by `onQuiet`. */
  remember(quiet: Quiet): void;
  /** Closes the socket. Who still follows a prompt is served by polling. */
  close(): void;
}

interface SessionOptions extends SessionListener {
  http: ComfyHttp;
  timings: Timings;
  log: Logger;
  /** Prompts cancelled through this client: gone from the queue means interrupted, not lost. */
  cancelled: Set<string>;
}

/** How many prompts may be submitted and not followed before the oldest is forgotten. */
const maxUnfollowed = 16;
/** How many messages of yet unknown prompts are kept while a post is under way. */
const maxEarly = 1_000;

export function openComfySession(options: SessionOptions): ComfySession {
  const { http, timings, log, cancelled } = options;
  const limits = new StallLimits(timings, (longest) => options.onQuiet?.(longest));
  const watches = new Map<string, PromptWatch>();
  const followed = new Set<string>();
  /** Messages that came before the answer told which id the server chose. */
  let early: ComfyMessage[] = [];
  let posting = 0;
  /** The prompt that messages without an id belong to. */
  let current: string | null = null;

  function receive(message: ComfyMessage): void {
    if (message.type === "status") {
      // Goes to every client, so it is what a deaf one hears of its prompt's end.
      for (const watch of watches.values()) if (!watch.hears) watch.bell.ring();
      return;
    }
    const id = promptIdOf(message) ?? current;
    if (id === null) return;
    current = id;
    const watch = watches.get(id);
    if (watch) watch.hear(message);
    else if (posting > 0 && early.length < maxEarly) early.push(message);
  }

  function see(frame: PreviewFrame): void {
    const id = frame.promptId ?? current;
    if (id !== null) watches.get(id)?.see({ bytes: frame.bytes, mime: frame.mime });
  }

  const socket = openComfySocket({
    address: http.address,
    timings,
    log,
    onMessage: receive,
    onPreview: see,
    onReopen: () => options.onReconnected?.(),
    onDrop() {
      current = null;
      for (const watch of watches.values()) watch.deafen();
    },
  });

  function rename(from: string, to: string, watch: PromptWatch): void {
    watches.delete(from);
    watches.set(to, watch);
    for (const message of early) if (promptIdOf(message) === to) watch.hear(message);
  }

  return {
    async submit({ graph, promptId, workflow, signal }) {
      await socket.whenOpen(timings.socketOpenMs, signal);
      const watch = new PromptWatch(graph, log);
      watches.set(promptId, watch);
      cancelled.delete(promptId);
      const unfollowed = [...watches.keys()].filter((id) => !followed.has(id));
      for (const id of unfollowed.slice(0, -maxUnfollowed)) watches.delete(id);
      posting += 1;
      try {
        const answer = await postPrompt(
          http,
          timings,
          { graph, promptId, workflow, clientId: socket.clientId },
          signal,
        );
        if (answer.refusal !== null) {
          // Accepted with faults: the part that is whole would run for nothing.
          await cancelPrompt(http, timings, answer.promptId, signal).catch((error: unknown) =>
            log.warn("A prompt that ComfyUI accepted with faults could not be cancelled.", { error }),
          );
          throw refusalError(answer.refusal, graph);
        }
        if (answer.promptId !== promptId) rename(promptId, answer.promptId, watch);
        return { promptId: answer.promptId };
      } catch (error) {
        watches.delete(promptId);
        throw error;
      } finally {
        posting -= 1;
        if (posting === 0) early = [];
      }
    },

    async follow(job) {
      const known = watches.get(job.promptId);
      const watch = known ?? new PromptWatch(job.graph, log);
      watches.set(job.promptId, watch);
      followed.add(job.promptId);
      watch.listen(job);
      try {
        const outcome = await followPrompt(http, timings, watch, job, {
          askAtOnce: known === undefined,
          limits,
        });
        // What its server's death took was not gone by the cancel.
        const isGone = outcome.kind === "removed" || (outcome.kind === "lost" && !outcome.wasUnreachable);
        return isGone && cancelled.has(job.promptId) ? { kind: "interrupted" } : outcome;
      } finally {
        watch.listen(null);
        watches.delete(job.promptId);
        followed.delete(job.promptId);
        cancelled.delete(job.promptId);
      }
    },

    remember: (quiet) => limits.remember(quiet),
    close: () => socket.close(),
  };
}
