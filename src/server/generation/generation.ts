import { and, count, inArray } from "drizzle-orm";
import type { z } from "zod";
import type {
  CancelInput,
  ForeseeInput,
  ForeseeOutput,
  GenerateInput,
  GenerateOutput,
  prioritizeInput,
} from "@/lib/schemas/image";
import type { ProofInput, ProofOutput } from "@/lib/schemas/proof";
import type { ModelTest } from "@/lib/schemas/model";
import type { Pause, QueueStatus } from "@/lib/schemas/queue";
import type { TakeRedo } from "@/lib/schemas/take";
import { generationJobs } from "@/server/db/schema";
import { announceProofs, announceQueue, announceSentences } from "./announce";
import { CANCEL_CHANNEL, cancelJobs } from "./cancel-jobs";
import { enqueueImages } from "./enqueue";
import { enqueueProofs } from "./enqueue-proofs";
import { enqueueRedo } from "./enqueue-redo";
import { enqueueTest } from "./enqueue-test";
import { foreseeImages } from "./foresee-images";
import type { GenerationContext } from "./generation-context";
import { freeWhenDone } from "./free-memory";
import { Lane } from "./lane";
import { LaneSet } from "./lane-set";
import { beginLife, endLife, type Life } from "./life";
import { Pauses } from "./pauses";
import { prioritizeJobs } from "./prioritize-jobs";
import { recoverJobs } from "./recover-jobs";
import { tendJobs } from "./tend-jobs";

/**
 * The queue of a process: its verbs, its lanes, and the upkeep between them. Made once, by `boot` and by tests;
 * `start` before use, `stop` at the end.
 */
export class Generation {
  readonly ctx: GenerationContext;
  readonly #lanes: LaneSet;
  readonly #pauses: Pauses;
  #life: Life | null = null;
  #upkeep: NodeJS.Timeout | null = null;
  #tending: Promise<void> = Promise.resolve();
  #unlisten: (() => Promise<void>) | null = null;

  /** @param onConnected called with the URL of a server that answers, for the first time or again */
  constructor(ctx: GenerationContext, onConnected: (url: string) => Promise<void>) {
    this.ctx = ctx;
    this.#pauses = new Pauses(ctx.database);
    this.#lanes = new LaneSet(
      ctx,
      (server) =>
        new Lane(ctx, server, {
          isQueuePaused: () => this.#pauses.queue !== null,
          pause: () => this.#pauses.ofLane(server.url),
          status: this.status,
          onConnected: (lane) =>
            void onConnected(lane.server.url).catch((error: unknown) =>
              ctx.log.warn("What a new connection brings could not be done", {
                lane: lane.server.url,
                error,
              }),
            ),
          onIdle: (lane) => this.#freeSoon(lane),
        }),
    );
  }

  /** This start, once it has begun. */
  get life(): Life {
    if (!this.#life) throw new Error("The queue has not been started.");
    return this.#life;
  }

  async start(): Promise<void> {
    this.#life = await beginLife(this.ctx.database.db);
    await this.ctx.queue.start();
    await recoverJobs(this.ctx);
    await this.#pauses.read();
    this.#unlisten = await this.ctx.database.listen(CANCEL_CHANNEL, () => this.#tendSoon());
    await this.#lanes.followFleet();
    this.#upkeep = setInterval(() => this.#tendSoon(), this.ctx.timings.touchMs);
  }

  /** Gives back what is under way; the next start goes on with it. */
  async stop(): Promise<void> {
    if (this.#upkeep) clearInterval(this.#upkeep);
    await this.#unlisten?.();
    await this.#tending;
    await this.#lanes.stop();
    await this.ctx.queue.stop();
    if (this.#life) await endLife(this.ctx.database.db, this.#life);
  }

  async enqueue(input: GenerateInput): Promise<GenerateOutput> {
    const answer = await enqueueImages(this.ctx, input);
    // The answer leaves first: a large board takes a while to read.
    if (answer.queued > 0 && !input.dryRun) setImmediate(() => this.#announceSoon(answer.jobIds));
    return answer;
  }

  /** What a request would do now, and how long it would take. */
  async foresee(input: ForeseeInput): Promise<ForeseeOutput> {
    return foreseeImages(this.ctx, input, await this.status());
  }

  /** Queues a take's picture once more, exactly as it was made. */
  async redo(input: TakeRedo): Promise<GenerateOutput> {
    const answer = await enqueueRedo(this.ctx, input);
    if (answer.queued > 0) setImmediate(() => this.#announceSoon(answer.jobIds));
    return answer;
  }

  /** Queues proofs for a contact sheet. */
  async prove(input: ProofInput): Promise<ProofOutput> {
    const answer = await enqueueProofs(this.ctx, input);
    if (answer.queued > 0) await announceQueue(this.ctx, this.status);
    return answer;
  }

  /** Queues a test picture of a model. */
  async test(input: ModelTest): Promise<{ jobId: string }> {
    const queued = await enqueueTest(this.ctx, input);
    await announceQueue(this.ctx, this.status);
    return queued;
  }

  async cancel(input: CancelInput): Promise<{ cancelled: number; cancelling: number }> {
    const { cancelled, cancelling } = await cancelJobs(this.ctx, input);
    for (const job of cancelling) for (const lane of this.#lanes.all) lane.jobs.cancel(job.id);
    const ids = [...cancelled, ...cancelling].flatMap((job) => job.sentenceId ?? []);
    await announceSentences(this.ctx, [...new Set(ids)], this.status);
    await announceProofs(this.ctx, [...cancelled, ...cancelling]);
    return { cancelled: cancelled.length, cancelling: cancelling.length };
  }

  /** Gives waiting jobs another priority. */
  async prioritize(input: z.infer<typeof prioritizeInput>): Promise<{ changed: number }> {
    const { changed, sentenceIds } = await prioritizeJobs(this.ctx, input);
    this.ctx.queue.wake();
    await announceSentences(this.ctx, [...new Set(sentenceIds)], this.status);
    return { changed };
  }

  /** Ids of the queued and running jobs of these sentences. */
  async openJobs(sentenceIds: string[]): Promise<string[]> {
    if (sentenceIds.length === 0) return [];
    const rows = await this.ctx.database.db
      .select({ id: generationJobs.id })
      .from(generationJobs)
      .where(
        and(
          inArray(generationJobs.sentenceId, sentenceIds),
          inArray(generationJobs.status, ["queued", "running"]),
        ),
      );
    return rows.map((row) => row.id);
  }

  /**
   * Stops handing out work, of the whole queue or of one lane, or resumes it; kept over restarts. Running jobs end.
   * @param pause null to resume, which also makes lanes in trouble try at once
   */
  async setPaused(pause: Omit<Pause, "at"> | null, laneUrl: string | undefined): Promise<void> {
    const before = laneUrl === undefined ? this.#pauses.queue : this.#pauses.ofLane(laneUrl);
    // A reason that is given later changes nothing of since when.
    const at = (before?.by === pause?.by ? before?.at : null) ?? new Date().toISOString();
    const since = pause && { ...pause, at };
    if (laneUrl === undefined) await this.#pauses.setQueue(since);
    else await this.#pauses.setLane(laneUrl, this.#lanes.find(laneUrl)?.server.name ?? laneUrl, since);
    for (const lane of this.#lanes.all) {
      if (pause === null) lane.retryNow();
      else this.#freeSoon(lane);
      lane.noteState();
      lane.wake();
    }
    await announceQueue(this.ctx, this.status);
  }

  hasLane(url: string): boolean {
    return this.#lanes.find(url) !== undefined;
  }

  /** Works with the servers that the fleet has now. */
  async followFleet(): Promise<void> {
    await this.#lanes.followFleet();
    await announceQueue(this.ctx, this.status);
  }

  readonly status = async (): Promise<QueueStatus> => {
    const rows = await this.ctx.database.db
      .select({ status: generationJobs.status, count: count() })
      .from(generationJobs)
      .where(inArray(generationJobs.status, ["queued", "running"]))
      .groupBy(generationJobs.status);
    const countOf = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
    return {
      isDemo: this.ctx.fleet.isDemo,
      isPaused: this.#pauses.queue !== null,
      pause: this.#pauses.queue,
      queued: countOf("queued"),
      running: countOf("running"),
      lanes: this.#lanes.all.map((lane) => lane.toStatus()),
    };
  };

  #announceSoon(jobIds: readonly string[]): void {
    this.#announceJobs(jobIds).catch((error: unknown) =>
      this.ctx.log.warn("What was queued could not be announced", { error }),
    );
  }

  async #announceJobs(jobIds: readonly string[]): Promise<void> {
    const rows = await this.ctx.database.db
      .selectDistinct({ id: generationJobs.sentenceId })
      .from(generationJobs)
      .where(inArray(generationJobs.id, [...jobIds]));
    await announceSentences(
      this.ctx,
      rows.flatMap((row) => row.id ?? []),
      this.status,
    );
  }

  #freeSoon(lane: Lane): void {
    const { server, isPaused } = lane;
    freeWhenDone(this.ctx, server, { isPaused }).then(
      (isLater) => (lane.isToFree = isLater),
      (error: unknown) =>
        this.ctx.log.error("The GPU's memory could not be freed", { lane: server.url, error }),
    );
  }

  #tendSoon(): void {
    this.#tending = this.#tending
      .then(() => tendJobs(this.ctx, this.#lanes.all))
      .catch((error: unknown) => this.ctx.log.error("The queue's upkeep failed", { error }));
  }
}
