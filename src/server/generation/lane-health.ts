import type { Failure } from "@/lib/schemas/common";
import type { Lane as LaneStatus } from "@/lib/schemas/queue";
import { ComfyError, isAway } from "@/server/comfyui/comfy-error";
import { isDatabaseAway } from "@/lib/database-away";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import { probeFor, type Probe } from "./trouble-probe";

/** ms between two looks at an idle server. */
const LOOK = 10_000;
const ABSENT = new Set(["unreachable", "not_comfyui", "server_error", "database_away"]);
const DISK = new Set(["disk_full", "data_folder_unwritable", "comfyui_disk_full"]);

const inWords = (error: unknown): string =>
  error instanceof ComfyError ? withRemedy(error) : error instanceof Error ? error.message : String(error);

type Context = Pick<GenerationContext, "database" | "images" | "timings" | "log">;

interface Options {
  isBusy: () => boolean;
  /** Its state changed. */
  onChange: () => void;
  /** It answers, for the first time or again. */
  onConnected: () => void;
  /** It was looked at, and nothing runs or waits there, of any program. */
  onEmpty: () => void;
}

/** Whether a server can be given work, and what is known of it. */
export class LaneHealth {
  readonly #ctx: Context;
  readonly #server: LaneServer;
  readonly #options: Options;
  #state: "ready" | "waiting" | "unhealthy" | "diskFull" = "waiting";
  #reason: string | null = "Not asked yet.";
  #retryAt: Date | null = null;
  #probe: Probe | null = null;
  /** Whether a trouble was over by its probe since the last picture: where the next one comes first, the probe was wrong. */
  #isProbed = false;
  /** Whether a try would tell nothing: it would follow the very prompt over which its server hangs. */
  #isHung = false;
  #version: string | null = null;
  #device: string | null = null;
  #queueRemaining: number | null = null;
  #vram: { total: number; free: number } | null = null;
  #tries = 0;
  /** Looks that were begun: what an earlier one says late is no news. */
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(ctx: Context, server: LaneServer, options: Options) {
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
    this.#schedule(0);
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** A picture was made: the next trouble is a new one. */
  isWell(): void {
    this.#tries = 0;
    this.#isProbed = false;
  }

  /** Takes no work until the trouble is over, which is probed where it can be, or until the wait is; one that hangs, until it lets go. */
  enterTrouble(failure: Failure): void {
    this.#probe = probeFor(this.#ctx, this.#server, failure);
    if (ABSENT.has(failure.code)) return this.#becomeAbsent(withRemedy(failure));
    this.#isHung = failure.code === "stalled";
    if (this.#isProbed && !this.#isHung) this.#probe = null;
    const { troubleFirstMs, troubleMaxMs } = this.#ctx.timings;
    const wait = Math.min(troubleFirstMs * 2 ** this.#tries, troubleMaxMs);
    this.#tries += 1;
    this.#become(DISK.has(failure.code) ? "diskFull" : "unhealthy", withRemedy(failure), wait);
    this.#ctx.log.warn("A lane stopped itself", { lane: this.#server.url, code: failure.code, wait });
  }

  /** What is known may be old: looks at a server that is well. */
  refresh(): void {
    if (this.isReady) this.#schedule(0);
  }

  /** Tries again now, whatever the trouble was. */
  retryNow(): void {
    this.#tries = 0;
    this.#isProbed = false;
    this.#retryAt = null;
    this.#schedule(0);
  }

  /** Its ComfyUI was started again, maybe: a GPU that failed may work. */
  reconnected(): void {
    if (this.#state === "unhealthy") this.retryNow();
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
      retryAt: this.#isHung ? null : (this.#retryAt?.toISOString() ?? null),
      version: this.#version,
      device: this.#device,
      queueRemaining: this.#queueRemaining,
    };
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const begun = Date.now();
    // One behind a black hole takes half a minute: it shall not hold up the next.
    if (this.#state === "waiting") this.#schedule(this.#ctx.timings.noticeMs);
    try {
      if (await this.#isStillInTrouble()) return;
      await this.#ask(look);
    } catch (error) {
      if (this.#isStopped || (look !== this.#looks && this.#state !== "waiting")) return;
      if (look !== this.#looks) {
        this.#reason = inWords(error);
        return this.#options.onChange();
      }
      // A busy server may be slow to answer while it loads a model: whoever follows the prompt judges that.
      if (this.#options.isBusy() && this.isReady) return this.#schedule(LOOK);
      const spent = Date.now() - begun;
      if (isDatabaseAway(error)) return this.#becomeAbsent(this.#reason ?? "", spent);
      if (!isAway(error))
        this.#ctx.log.error("A lane could not be looked at", { lane: this.#server.url, error });
      this.#probe = null;
      this.#becomeAbsent(inWords(error), spent);
    }
  }

  /** Whether it stays as it is: neither is its wait over, nor does the probe say that the trouble is. */
  async #isStillInTrouble(): Promise<boolean> {
    if (this.#isStopped) return true;
    if (this.isReady || this.#retryAt === null) return false;
    if (this.#state === "waiting") {
      await this.#probe?.();
      return false;
    }
    const left = this.#retryAt.getTime() - Date.now();
    if (left <= 0 && !this.#isHung) return false;
    if (await this.#probe?.()) {
      this.#isProbed = true;
      return false;
    }
    const { noticeMs } = this.#ctx.timings;
    this.#schedule(this.#isHung ? noticeMs : Math.min(left, noticeMs));
    return true;
  }

  async #ask(look: number): Promise<void> {
    const { client } = this.#server;
    const [stats, queue] = await Promise.all([client.stats(), client.queue()]);
    if (this.#isStopped || (look !== this.#looks && this.#state !== "waiting")) return;
    this.#looks += 1;
    const before = JSON.stringify(this.#toFacts());
    const isNew = this.#state === "waiting";
    this.#version = stats.version;
    const [device] = stats.devices;
    this.#device = device?.name ?? null;
    this.#vram = device && device.vramTotal > 0 ? { total: device.vramTotal, free: device.vramFree } : null;
    this.#queueRemaining = queue.remaining;
    if (isNew) this.#tries = 0;
    this.#state = "ready";
    this.#reason = this.#retryAt = this.#probe = null;
    this.#isHung = false;
    if (isNew) this.#options.onConnected();
    if (before !== JSON.stringify(this.#toFacts())) this.#options.onChange();
    if (queue.remaining === 0) this.#options.onEmpty();
    this.#schedule(LOOK);
  }

  /** @param spent ms since the look began that says so: from one to the next is never longer than `noticeMs` */
  #becomeAbsent(reason: string, spent = 0): void {
    this.#isHung = false;
    const { noticeMs } = this.#ctx.timings;
    const wait = Math.max(0, Math.min(500 * 2 ** this.#tries, noticeMs - spent));
    this.#tries = Math.min(this.#tries + 1, 10);
    this.#queueRemaining = null;
    this.#vram = null;
    this.#become("waiting", reason, wait);
  }

  #become(state: "waiting" | "unhealthy" | "diskFull", reason: string, wait: number): void {
    this.#looks += 1;
    this.#state = state;
    this.#reason = reason;
    this.#retryAt = new Date(Date.now() + wait);
    this.#schedule(Math.min(wait, this.#ctx.timings.noticeMs));
    this.#options.onChange();
  }

  #schedule(wait: number): void {
    if (this.#isStopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), wait);
  }
}

/** What happened and what to do, as one text. */
const withRemedy = ({ message, remedy }: Pick<Failure, "message" | "remedy">) =>
  remedy === null ? message : `${message} ${remedy}`;
