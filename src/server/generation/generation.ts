import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { CancelInput, GenerateInput, GenerateOutput } from "@/lib/schemas/image";
import type { ModelTest } from "@/lib/schemas/model";
import type { Pause, QueueStatus } from "@/lib/schemas/queue";
import { generationJobs, lanes as laneRows, sentences, takes } from "@/server/db/schema";
import { announceQueue, announceSentences } from "./announce";
import { CANCEL_CHANNEL, cancelJobs } from "./cancel-jobs";
import { enqueueImages } from "./enqueue";
import { enqueueTest } from "./enqueue-test";
import type { GenerationContext } from "./generation-context";
import { freeWhenDone } from "./free-memory";
import { Lane } from "./lane";
import { LaneSet } from "./lane-set";
import { Pauses } from "./pauses";
import { showTake } from "./show-take";

/**
 * The queue of a process: its verbs, its lanes, and the upkeep between them. Made once, by `boot` and by tests;
 * `start` before use, `stop` at the end.
 */
export class Generation {
  readonly ctx: GenerationContext;
  readonly #lanes: LaneSet;
  readonly #pauses: Pauses;
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
          onIdle: (lane) =>
            void freeWhenDone(ctx, lane.server).catch((error: unknown) =>
              ctx.log.error("The GPU's memory could not be freed", { lane: lane.server.url, error }),
            ),
        }),
    );
  }

  async start(): Promise<void> {
    await this.ctx.queue.start();
    await this.#recover();
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
  }

  async enqueue(input: GenerateInput): Promise<GenerateOutput> {
    const answer = await enqueueImages(this.ctx, input);
    // The answer leaves first: a large board takes a while to read.
    if (answer.queued > 0 && !input.dryRun) setImmediate(() => this.#announceSoon(answer.jobIds));
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
    for (const job of cancelling) for (const lane of this.#lanes.all) lane.cancel(job.id);
    const ids = [...cancelled, ...cancelling].flatMap((job) => job.sentenceId ?? []);
    await announceSentences(this.ctx, [...new Set(ids)], this.status);
    return { cancelled: cancelled.length, cancelling: cancelling.length };
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
    const since = pause && { ...pause, at: new Date().toISOString() };
    if (laneUrl === undefined) await this.#pauses.setQueue(since);
    else await this.#pauses.setLane(laneUrl, this.#lanes.find(laneUrl)?.server.name ?? laneUrl, since);
    for (const lane of this.#lanes.all) {
      if (pause === null) lane.retryNow();
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

  /**
   * Brings back what a crash left: on PGlite this process is alone, so every taken ticket is an orphan and every
   * lease is stale; pictures that were stored but not yet shown are shown.
   */
  async #recover(): Promise<void> {
    const { database, queue, log } = this.ctx;
    if (database.driver === "pglite") {
      const taken = await queue.taken();
      await database.db.transaction(async (tx) => {
        for (const { id, queue: name } of taken) await queue.release(tx, name, id);
        await tx
          .update(generationJobs)
          .set({ status: "queued", step: null, progress: 0 })
          .where(eq(generationJobs.status, "running"));
        await tx.update(laneRows).set({ leaseOwner: null, leaseUntil: null });
      });
      if (taken.length > 0) log.info("Jobs of the last run go on", { jobs: taken.length });
    }
    await this.#showStored();
  }

  /** @param ids of sentences; all where none are named */
  async #showStored(ids?: readonly string[]): Promise<void> {
    const { database, images, log } = this.ctx;
    const rows = await database.db
      .select({ id: sentences.id, projectId: sentences.projectId, file: takes.file })
      .from(sentences)
      .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
      .where(ids && inArray(sentences.id, [...ids]));
    for (const { id, projectId, file } of rows) {
      if (await images.showsTake(projectId, id, file)) continue;
      if (await images.exists(file)) await showTake(this.ctx, projectId, id, file);
      else log.warn("The file of a selected take is gone", { sentenceId: id, file });
    }
  }

  #tendSoon(): void {
    this.#tending = this.#tending
      .then(() => this.#tend())
      .catch((error: unknown) => this.ctx.log.error("The queue's upkeep failed", { error }));
  }

  /** Signs of life, requests to stop, lost ownership, and jobs whose owner was lost. */
  async #tend(): Promise<void> {
    const { database, queue, unshown } = this.ctx;
    if (unshown.size > 0) await this.#showStored([...unshown]);
    for (const lane of this.#lanes.all) {
      const active = lane.active;
      await lane.keep();
      for (const [name, some] of Map.groupBy(active, (one) => one.queue))
        await queue.touch(
          name,
          some.map((one) => one.jobId),
        );
      if (active.length === 0) continue;
      const rows = await database.db
        .select({ id: generationJobs.id, cancelRequestedAt: generationJobs.cancelRequestedAt })
        .from(generationJobs)
        .where(
          inArray(
            generationJobs.id,
            active.map((one) => one.jobId),
          ),
        );
      const known = new Map(rows.map((row) => [row.id, row]));
      for (const { jobId } of active) {
        const row = known.get(jobId);
        if (!row) lane.fence(jobId);
        else if (row.cancelRequestedAt !== null) lane.cancel(jobId);
        const live = this.ctx.live.of(jobId);
        if (live)
          await database.db
            .update(generationJobs)
            .set({ progress: live.progress, step: live.step })
            .where(and(eq(generationJobs.id, jobId), eq(generationJobs.status, "running")));
      }
    }
    if (database.driver === "postgres") await this.#requeueOrphans();
  }

  /** pg-boss has given a lost owner's ticket back: its job waits again, and says so. */
  async #requeueOrphans(): Promise<void> {
    const rows = await this.ctx.database.db
      .update(generationJobs)
      .set({ status: "queued", step: null, progress: 0 })
      .where(
        and(
          eq(generationJobs.status, "running"),
          sql`exists (select 1 from pgboss.job b where b.id::text = ${generationJobs.id} and b.state in ('created', 'retry'))`,
        ),
      )
      .returning({ sentenceId: generationJobs.sentenceId });
    const ids = rows.flatMap((row) => row.sentenceId ?? []);
    await announceSentences(this.ctx, ids, this.status);
  }
}
