import { and, eq, inArray, sql } from "drizzle-orm";
import { generationJobs, lanes, sentences, takes } from "@/server/db/schema";
import type { GenerationContext } from "./generation-context";
import { queueOfJob } from "./settle";
import { showTake } from "./show-take";

/**
 * Brings back what a crash left: on PGlite this process is alone, so every taken ticket is an orphan and every lease
 * is stale; pictures that were stored but not yet shown are shown.
 */
export async function recoverJobs(ctx: GenerationContext): Promise<void> {
  const { database, queue, log } = ctx;
  if (database.driver === "pglite") {
    const taken = await queue.taken();
    await database.db.transaction(async (tx) => {
      for (const { id, queue: name } of taken) await queue.release(tx, name, id, { isFirst: true });
      await tx
        .update(generationJobs)
        .set({ status: "queued", step: null, progress: 0 })
        .where(eq(generationJobs.status, "running"));
      await tx.update(lanes).set({ leaseOwner: null, leaseUntil: null });
    });
    if (taken.length > 0) log.info("Jobs of the last run go on", { jobs: taken.length });
  }
  await showStored(ctx);
}

/**
 * A lane whose owner is gone: what it had posted there may still run, and goes on before anything else is posted.
 * @param lane its URL; its lease is ours
 */
export async function adoptJobs(
  { database, queue }: Pick<GenerationContext, "database" | "queue">,
  lane: string,
): Promise<void> {
  await database.db.transaction(async (tx) => {
    const orphans = await tx
      .update(generationJobs)
      .set({ status: "queued", step: null, progress: 0 })
      .where(and(eq(generationJobs.lane, lane), eq(generationJobs.status, "running")))
      .returning({ id: generationJobs.id, input: generationJobs.input });
    for (const job of orphans) await queue.release(tx, queueOfJob(job), job.id, { isFirst: true });
  });
}

/**
 * Puts stored pictures into `images/` that are not there yet.
 * @param ids of sentences; all where none are named
 */
export async function showStored(ctx: GenerationContext, ids?: readonly string[]): Promise<void> {
  const { database, images, unshown, log } = ctx;
  const rows = await database.db
    .select({ id: sentences.id, projectId: sentences.projectId, file: takes.file })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(ids && inArray(sentences.id, [...ids]));
  for (const { id, projectId, file } of rows) {
    const isShown = await images.showsTake(projectId, id, file);
    if (!isShown && (await images.exists(file))) {
      await showTake(ctx, projectId, id, file);
      continue;
    }
    if (!isShown) log.warn("The file of a selected take is gone", { sentenceId: id, file });
    unshown.delete(id);
  }
  // What was deleted meanwhile needs no picture.
  const found = new Set(rows.map((row) => row.id));
  for (const id of ids ?? []) if (!found.has(id)) unshown.delete(id);
}

/**
 * pg-boss has given a lost owner's ticket back: its job waits again, and says so.
 * @returns ids of their sentences
 */
export async function requeueOrphans({ database }: Pick<GenerationContext, "database">): Promise<string[]> {
  const rows = await database.db
    .update(generationJobs)
    .set({ status: "queued", step: null, progress: 0 })
    .where(
      and(
        eq(generationJobs.status, "running"),
        sql`exists (select 1 from pgboss.job b where b.id::text = ${generationJobs.id} and b.state in ('created', 'retry'))`,
      ),
    )
    .returning({ sentenceId: generationJobs.sentenceId });
  return rows.flatMap((row) => row.sentenceId ?? []);
}
