import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { generationJobs } from "@/server/db/schema";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";
import type { Lane } from "./lane";

/** What a job waits for whose lane was disconnected. */
const DISCONNECTED = "waiting for another ComfyUI";

/** The lanes of a process, one for each server of its fleet. */
export class LaneSet {
  readonly #ctx: GenerationContext;
  readonly #make: (server: LaneServer) => Lane;
  #lanes: readonly Lane[] = [];

  constructor(ctx: GenerationContext, make: (server: LaneServer) => Lane) {
    this.#ctx = ctx;
    this.#make = make;
  }

  get all(): readonly Lane[] {
    return this.#lanes;
  }

  find(url: string): Lane | undefined {
    return this.#lanes.find((lane) => lane.server.url === url);
  }

  /** Starts a lane for each server that came, and ends those of servers that went; their jobs go back uncounted. */
  async followFleet(): Promise<void> {
    const { servers } = this.#ctx.fleet;
    const kept = this.#lanes.filter((lane) => servers.includes(lane.server));
    const gone = this.#lanes.filter((lane) => !servers.includes(lane.server));
    const come = servers
      .filter((server) => !kept.some((lane) => lane.server === server))
      .map((server) => this.#make(server));
    this.#lanes = [...kept, ...come];
    await Promise.all(gone.map((lane) => this.#end(lane)));
    for (const lane of come) lane.start();
    for (const lane of kept) lane.wake();
  }

  /** Ends all lanes; the next start goes on with their jobs. */
  async stop(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  /** Nobody will look for what is left of ours on a server that goes: it is stopped there. */
  async #end(lane: Lane): Promise<void> {
    const { database, log } = this.#ctx;
    const ids = lane.jobs.all.map((one) => one.jobId);
    await lane.stop(DISCONNECTED);
    if (ids.length === 0) return;
    const left = await database.db
      .select({ promptId: generationJobs.promptId })
      .from(generationJobs)
      .where(
        and(
          inArray(generationJobs.id, ids),
          eq(generationJobs.status, "queued"),
          isNotNull(generationJobs.promptId),
        ),
      );
    for (const { promptId } of left)
      await lane.server.client.cancel(promptId!).catch((error: unknown) =>
        log.warn("What a disconnected ComfyUI paints could not be stopped", {
          lane: lane.server.url,
          error,
        }),
      );
  }
}
