import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { prioritizeInput } from "@/lib/schemas/image";
import { generationJobs } from "@/server/db/schema";
import { rankOfOther } from "./choose-queue";
import { findScope } from "./find-scope";
import type { GenerationContext } from "./generation-context";

/**
 * Gives waiting jobs another priority, in one transaction with their tickets; those that run are left to their end.
 * @returns ids of the sentences whose jobs changed their place
 * @throws ShotboardError where project, batch, a sentence or a job does not exist; then nothing is changed
 */
export async function prioritizeJobs(
  { database, queue }: GenerationContext,
  { priority, ...scope }: z.infer<typeof prioritizeInput>,
): Promise<{ changed: number; sentenceIds: string[] }> {
  return database.db.transaction(async (tx) => {
    const where = await findScope(tx, scope);
    const waiting = await tx
      .select()
      .from(generationJobs)
      .where(and(where, eq(generationJobs.status, "queued")))
      .for("update");
    const moved = waiting.filter((job) => job.priority !== priority);
    if (moved.length === 0) return { changed: 0, sentenceIds: [] };
    const ranks = moved.map(({ id, rank }) => ({ id, rank: rankOfOther(rank, priority) }));
    // One parameter for all: thousands of rows of parameters take the database too long.
    await tx.execute(sql`
      update ${generationJobs} as j set priority = ${priority}::int, rank = r.rank
      from jsonb_to_recordset(${JSON.stringify(ranks)}::text::jsonb) as r(id text, rank int) where j.id = r.id`);
    await queue.rerank(tx, ranks);
    return { changed: moved.length, sentenceIds: moved.flatMap((job) => job.sentenceId ?? []) };
  });
}
