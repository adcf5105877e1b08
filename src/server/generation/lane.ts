import PQueue from "p-queue";
import type { Failure } from "@/lib/schemas/common";
import type { Lane as LaneStatus, Pause, QueueStatus } from "@/lib/schemas/queue";
import { announceQueue } from "./announce";
import { ActiveJobs } from "./active-jobs";
import { Alarm } from "./alarm";
import { orderQueues } from "./choose-queue";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import { LaneHealth } from "./lane-health";
import { LaneHistory } from "./lane-history";
import { LaneLease } from "./lane-lease";
import { LaneRecord } from "./lane-record";
import { LanePlace, SILENT } from "./lane-place";
import { openLaneSession } from "./lane-quiet";
import { runJob } from "./run-job";
import { forgetCrashes } from "./count-crash";
import { StoppingError } from "./run-errors";

/** While so many pictures wait to be stored, a lane begins no other: they must not fill the memory. */
const UNSTORED_MAX = 2;

/** One ComfyUI server: takes jobs while it is free, healthy, ours and not paused, and runs one at a time. */
export class Lane {
  readonly server: LaneServer;
  readonly session: ReturnType<typeof openLaneSession>;
  readonly status: () => Promise<QueueStatus>;
  readonly place = new LanePlace();
  /** References that this server has. */
  readonly uploaded = new Set<string>();
  readonly record = new LaneRecord();
  readonly #ctx: GenerationContext;
  /** One after the other, so that what was rendered last is also the last to be shown. */
  readonly #stores = new PQueue({ concurrency: 1 });
  readonly jobs = new ActiveJobs();
  readonly #lease: LaneLease;
  readonly #health: LaneHealth;
  readonly #history: LaneHistory;
  readonly #stopping = new AbortController();
  /** Whether its memory is to be freed once other programs' prompts are done too. */
  isToFree = false;
  readonly #isQueuePaused: () => boolean;
  readonly #pause: () => Pause | null;
  readonly #onIdle: (lane: Lane) => void;
  readonly #alarm = new Alarm();
  #loaded: string | null = null;
  #loop: Promise<void> | null = null;

  constructor(
    ctx: GenerationContext,
    server: LaneServer,
    options: {
      isQueuePaused: () => boolean;
      /** Of this lane by itself. */
      pause: () => Pause | null;
      status: () => Promise<QueueStatus>;
      onConnected: (lane: Lane) => void;
      /** Its last job ended. */
      onIdle: (lane: Lane) => void;
    },
  ) {
    this.#ctx = ctx;
    this.server = server;
    this.status = options.status;
    this.#isQueuePaused = options.isQueuePaused;
    this.#pause = options.pause;
    this.#onIdle = options.onIdle;
    this.session = openLaneSession(ctx, server, { onReconnected: () => this.#health.reconnected() });
    this.#lease = new LaneLease(ctx, server);
    this.#history = new LaneHistory(ctx, server.url);
    this.#health = new LaneHealth(ctx, server, {
      isBusy: () => this.place.isTaken,
      onChange: () => {
        this.wake();
        this.#tell();
      },
      onEmpty: () => {
        if (this.isToFree) this.#onIdle(this);
      },
      onConnected: () => {
        this.uploaded.clear();
        server.client.forgetNodeInfo();
        options.onConnected(this);
      },
    });
  }

  start(): void {
    this.#health.start();
    this.#loop = this.#run();
  }

  /**
   * Ends the loop and gives back what is under way.
   * @param step what the jobs that go back wait for, in words
   */
  async stop(step = "waiting for Shotboard's next start"): Promise<void> {
    const reason = new StoppingError(step);
    this.#stopping.abort(reason);
    this.wake();
    const stopped = this.jobs.stop(reason);
    await this.#loop;
    await stopped;
    await this.jobs.stop(reason);
    this.#health.stop();
    this.session.close();
    await this.#history.written();
    await this.#lease.release();
  }

  /** There may be something to do. */
  wake(): void {
    this.#alarm.ring();
  }

  /**
   * Runs an attempt in the lane's place: see `LanePlace.occupy`.
   * @throws StoppingError where the lane is in trouble by then
   */
  async occupy<T>(
    jobId: string,
    signal: AbortSignal,
    work: (leave: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    return this.place.occupy(jobId, signal, async (leave) => {
      if (!this.#health.isReady) throw new StoppingError(this.#health.toStatus().reason ?? "");
      return work(leave);
    });
  }

  /** ComfyUI has the prompt of the job in the place. */
  posted(): void {
    this.place.posted();
    this.#tell();
  }

  /** How far the prompt in the place is, or that the server does not answer about it. */
  progressed(percent: number, isSilent: boolean): void {
    if (this.place.progressed(percent, isSilent)) this.#tell();
  }

  /** Stores a picture, beside the lane's place. */
  async store(work: () => Promise<void>): Promise<void> {
    return this.#stores.add(work);
  }

  /** Keeps the lane ours while it works. */
  async keep(): Promise<void> {
    if (this.jobs.size > 0) await this.#lease.hold();
  }

  /** Aborted when this process ends. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get device(): string | null {
    return this.#health.device;
  }

  /** A job's picture was made: the server is well. */
  async succeeded(jobId: string): Promise<void> {
    if (this.record.succeeded(jobId)) await forgetCrashes(this.#ctx, this.server.url);
    this.#health.isWell();
  }

  /** ComfyUI died, or seems to have, while it had this job's prompt. */
  died(jobId: string): void {
    this.record.stoodBy(this.jobs.all.map((one) => one.jobId).filter((id) => id !== jobId));
  }

  /**
   * ComfyUI does not answer about a job.
   * @param hasPrompt whether it has the job's prompt, and may have died over it; else it stood in line
   */
  noteUnreachable(jobId: string, hasPrompt: boolean): void {
    if (!hasPrompt) return this.record.stoodBy([jobId]);
    this.died(jobId);
    this.record.suspects.add(jobId);
  }

  /** Stops feeding the lane until its trouble is over. */
  enterTrouble(failure: Failure): void {
    this.uploaded.clear();
    this.#health.enterTrouble(failure);
  }

  /** Tries again now, whatever the trouble was. */
  retryNow(): void {
    this.record.forgive();
    this.#health.retryNow();
  }

  toStatus(): LaneStatus {
    const health = this.#health.toStatus();
    const state = this.#stateOf(health.state);
    const reason = health.state === "ready" && state === "waiting" ? SILENT : health.reason;
    const { url, name } = this.server;
    return { ...health, url, name, state, reason, pause: this.#pause(), jobId: this.place.jobId };
  }

  #stateOf(health: LaneStatus["state"]): LaneStatus["state"] {
    if (!this.#lease.isOurs) return "elsewhere";
    if (health !== "ready") return health;
    if (this.isPaused) return "paused";
    if (!this.place.isTaken) return "ready";
    return this.place.isSilent ? "waiting" : "busy";
  }

  /** Whether it is handed no work: by itself, or with the whole queue. */
  get isPaused(): boolean {
    return this.#isQueuePaused() || this.#pause() !== null;
  }

  async #run(): Promise<void> {
    const { log, queue } = this.#ctx;
    const unsubscribe = queue.onWake(() => this.wake());
    while (!this.#stopping.signal.aborted) {
      try {
        await this.place.whenNext();
        if (this.#stores.size >= UNSTORED_MAX) await this.#stores.onSizeLessThan(1);
        const ticket = (await this.#mayWork()) ? await this.#fetch() : null;
        if (ticket) await this.#take(ticket.id, ticket.queue);
        else await this.#alarm.sleep(this.#ctx.timings.pollMs);
      } catch (error) {
        log.error("A lane could not look for work", { lane: this.server.url, error });
        await this.#alarm.sleep(this.#ctx.timings.pollMs);
      }
    }
    unsubscribe();
  }

  async #mayWork(): Promise<boolean> {
    return (
      !this.#stopping.signal.aborted && !this.isPaused && this.#health.isReady && (await this.#lease.hold())
    );
  }

  async #fetch(): Promise<{ id: string; queue: string } | null> {
    for (const queue of orderQueues(await this.#ctx.queue.waiting(), this.#loaded)) {
      const id = await this.#ctx.queue.fetch(queue);
      if (id !== null) return { id, queue };
    }
    return null;
  }

  /** Starts a job; resolves once ComfyUI has its prompt, or its first attempt has failed before. */
  async #take(id: string, queue: string): Promise<void> {
    this.#loaded = queue;
    const entered = Promise.withResolvers<void>();
    await this.jobs.start(id, queue, (run) =>
      runJob(this.#ctx, this, { jobId: id, queue, ...run, onEntered: entered.resolve })
        .catch((error: unknown) =>
          this.#ctx.log.error("A job could not be settled; it is taken up again", { jobId: id, error }),
        )
        .finally(() => {
          this.jobs.delete(id);
          if (this.jobs.size === 0) {
            this.#health.refresh();
            if (!this.#stopping.signal.aborted) this.#onIdle(this);
          }
          entered.resolve();
          this.wake();
        }),
    );
    // Fetched just as the end began.
    const { signal } = this.#stopping;
    if (signal.aborted) void this.jobs.stop(signal.reason as Error);
    await entered.promise;
  }

  /** Writes its state down, where it is a new one. */
  noteState(): void {
    const { state, reason, pause } = this.toStatus();
    this.#history.note(state, state === "paused" ? (pause?.reason ?? null) : reason);
  }

  #tell(): void {
    this.noteState();
    announceQueue(this.#ctx, this.status).catch((error: unknown) =>
      this.#ctx.log.warn("A lane's state could not be told", { lane: this.server.url, error }),
    );
  }
}
