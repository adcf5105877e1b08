import type { Failure } from "@/lib/schemas/common";
import type { Lane as LaneStatus } from "@/lib/schemas/queue";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";

/** ms between two looks at an idle server. */
const LOOK = 10_000;
/** Longest wait before an absent server is asked again, in ms: its return is noticed within it. */
const ABSENT_MAX = 8_000;
const ABSENT = new Set(["unreachable", "not_comfyui", "server_error"]);
const DISK = new Set(["disk_full", "data_folder_unwritable"]);

type Trouble = "unhealthy" | "diskFull";

interface Options {
  isBusy: () => boolean;
  /** Its state changed. */
  onChange: () => void;
  /** It answers, for the first time or again. */
  onConnected: () => void;
}

/** Whether a server can be given work, and what is known of it. */
export class LaneHealth {
  readonly #ctx: Pick<GenerationContext, "timings" | "log">;
  readonly #server: LaneServer;
  readonly #options: Options;
  #state: "ready" | "waiting" | Trouble = "waiting";
  #reason: string | null = "Not asked yet.";
  #retryAt: Date | null = null;
  #version: string | null = null;
  #device: string | null = null;
  #queueRemaining: number | null = null;
  #vram: { total: number; free: number } | null = null;
  #tries = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(ctx: Pick<GenerationContext, "timings" | "log">, server: LaneServer, options: Options) {
    this.#ctx = ctx;
    this.#server = server;
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#state === "ready";
  }

  get device(): string | null {
    return this.#device;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** A picture was made: the next trouble is a new one. */
  isWell(): void {
    this.#tries = 0;
  }

  enterTrouble(failure: Failure): void {
    if (ABSENT.has(failure.code)) return this.#becomeAbsent(failure.message);
    const wait = Math.min(
      this.#ctx.timings.troubleFirstMs * 2 ** this.#tries,
      this.#ctx.timings.troubleMaxMs,
    );
    this.#tries += 1;
    const reason = failure.remedy === null ? failure.message : `${failure.message} ${failure.remedy}`;
    this.#become(DISK.has(failure.code) ? "diskFull" : "unhealthy", reason, wait);
    this.#ctx.log.warn("A lane stopped itself", { lane: this.#server.url, code: failure.code, wait });
  }

  /** What is known may be old: looks at a server that is well. */
  refresh(): void {
    if (this.isReady) this.#schedule(0);
  }

  retryNow(): void {
    this.#tries = 0;
    this.#schedule(0);
  }

  toStatus(): Omit<LaneStatus, "url" | "name" | "jobId" | "pause"> {
    return {
      vramTotal: this.#vram?.total ?? null,
      vramFree: this.#vram?.free ?? null,
      ...this.#toFacts(),
    };
  }

  /** What is told when it changes; free memory does all the time. */
  #toFacts() {
    return {
      state: this.#state,
      reason: this.#reason,
      retryAt: this.#retryAt?.toISOString() ?? null,
      version: this.#version,
      device: this.#device,
      queueRemaining: this.#queueRemaining,
    };
  }

  async #look(): Promise<void> {
    const { client } = this.#server;
    try {
      const [stats, queue] = await Promise.all([client.stats(), client.queue()]);
      if (this.#isStopped) return;
      const before = JSON.stringify(this.#toFacts());
      const isNew = this.#state === "waiting";
      this.#version = stats.version;
      const [device] = stats.devices;
      this.#device = device?.name ?? null;
      this.#vram = device && device.vramTotal > 0 ? { total: device.vramTotal, free: device.vramFree } : null;
      this.#queueRemaining = queue.remaining;
      if (isNew) this.#tries = 0;
      this.#state = "ready";
      this.#reason = this.#retryAt = null;
      if (isNew) this.#options.onConnected();
      if (before !== JSON.stringify(this.#toFacts())) this.#options.onChange();
      this.#schedule(LOOK);
    } catch (error) {
      if (this.#isStopped) return;
      // A busy server may be slow to answer while it loads a model: whoever follows the prompt judges that.
      if (this.#options.isBusy()) return this.#schedule(LOOK);
      if (!(error instanceof ComfyError)) throw error;
      this.#becomeAbsent(error.message);
    }
  }

  #becomeAbsent(reason: string): void {
    const wait = Math.min(500 * 2 ** this.#tries, ABSENT_MAX);
    this.#tries = Math.min(this.#tries + 1, 10);
    this.#queueRemaining = null;
    this.#vram = null;
    this.#become("waiting", reason, wait);
  }

  #become(state: "waiting" | Trouble, reason: string, wait: number): void {
    this.#state = state;
    this.#reason = reason;
    this.#retryAt = new Date(Date.now() + wait);
    this.#schedule(wait);
    this.#options.onChange();
  }

  #schedule(wait: number): void {
    if (this.#isStopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), wait);
  }
}
