import type { Graph } from "@/server/workflow/graph";
import { Bell } from "./bell";
import type { PreviewFrame } from "./frames";
import type { Logger } from "./log";
import { isOver } from "./messages";
import type { ComfyMessage } from "./messages";
import { advanceProgress, startProgress } from "./progress";
import type { Phase, Progress, ProgressState } from "./progress";
import type { Quiet } from "./stall-limits";
import { ToldHistory } from "./told-history";

/** A preview as it is handed on. */
export type Preview = Pick<PreviewFrame, "bytes" | "mime">;

/** Who is told about a prompt. */
export interface Listener {
  onProgress?(progress: Progress): void;
  onPreview?(preview: Preview): void;
  /**
   * The picture is made and ComfyUI would take the next prompt. History is asked for the outcome once the answer
   * resolves.
   */
  onReleased?(): Promise<void>;
}

/**
 * What a session has heard of one prompt. It exists from before the prompt is posted, so nothing is missed
 * until somebody follows it.
 */
export class PromptWatch {
  /** Rings when history should be asked: at once if `isOver`, else as a hint. */
  readonly bell = new Bell();
  /** Whether a message said that the prompt is over. */
  isOver = false;
  /** Whether a message said that it went well; a moment later another one says that ComfyUI is free again. */
  hasSucceeded = false;
  /** What the listener answered when ComfyUI was free again; null until then. */
  released: Promise<void> | null = null;
  /** Whether the connection now open has brought messages of this prompt; a new connection does not bring any. */
  hears = false;
  /** Whether a connection ended since the prompt was posted, as when the server dies. */
  wasCut = false;
  /** When something last showed that the prompt is alive: a message, or waiting its turn. Milliseconds since the epoch. */
  signAt = Date.now();
  /** When its last message came. */
  heardAt: number | null = null;
  /** The longest times between two of its messages, in ms. */
  readonly quiet: Quiet = {};
  /** How it ended by its messages alone. */
  readonly told = new ToldHistory();
  readonly #log: Logger;
  #state: ProgressState;
  #listener: Listener | null = null;
  #latestPreview: Preview | null = null;
  #shown: Progress | null = null;

  constructor(graph: Graph, log: Logger) {
    this.#log = log;
    this.#state = startProgress(graph);
  }

  get phase(): Phase {
    return this.#state.phase;
  }

  /** Takes in a message of this prompt. */
  hear(message: ComfyMessage): void {
    this.#noteSilence();
    this.heardAt = this.signAt = Date.now();
    this.hears = true;
    this.told.hear(message);
    this.#state = advanceProgress(this.#state, message);
    this.#show(this.#state.step);
    if (!isOver(message)) return;
    if (message.type === "execution_success") this.hasSucceeded = true;
    else if (this.hasSucceeded) this.#release();
    this.isOver = true;
    this.bell.ring();
  }

  see(preview: Preview): void {
    this.#latestPreview = preview;
    this.#tell(() => this.#listener?.onPreview?.(preview));
  }

  /** The connection is gone: what comes next goes to a client id that nobody listens to. */
  deafen(): void {
    this.hears = false;
    this.wasCut = true;
    this.bell.ring();
  }

  /** Hands over to a listener, with what it missed; null takes it off. */
  listen(listener: Listener | null): void {
    this.#listener = listener;
    this.#shown = null;
    if (!listener) return;
    this.#show(this.#state.step);
    const preview = this.#latestPreview;
    if (preview) this.#tell(() => listener.onPreview?.(preview));
    if (this.released) this.#release();
  }

  /** Shows a step that no message tells of; null shows again what the messages told last. */
  say(step: string | null): void {
    this.#show(step ?? this.#state.step);
  }

  /** A silence ends; one in which the connection was another one is nobody's. */
  #noteSilence(): void {
    const { phase } = this;
    if (!this.hears || (phase !== "loading" && phase !== "sampling")) return;
    this.quiet[phase] = Math.max(this.quiet[phase] ?? 0, Date.now() - this.signAt);
  }

  #release(): void {
    this.released = Promise.resolve();
    this.#tell(() => (this.released = this.#listener?.onReleased?.() ?? this.released));
  }

  #show(step: string): void {
    const { percent } = this.#state;
    if (!this.#listener || (this.#shown?.percent === percent && this.#shown.step === step)) return;
    const progress = { percent, step };
    this.#shown = progress;
    this.#tell(() => this.#listener?.onProgress?.(progress));
  }

  /** A listener that throws must not take the socket down with it. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#log.warn("A listener for ComfyUI's progress failed.", { error });
    }
  }
}
