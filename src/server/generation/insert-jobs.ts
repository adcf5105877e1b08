import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "@/server/db/database";
import type { JobInput } from "@/server/db/job-input";
import { generationJobs, sentences } from "@/server/db/schema";
import { IS_FOR_BOARD } from "./proofs";

const IS_AT_REST = sql`${sentences.status} <> 'generating'`;

/** What jobs of one batch differ in. */
export interface NewJob {
  id: string;
  sentenceId: string;
  takeNo: number;
  input: JobInput;
  seed: number | null;
  rank: number;
}

/**
 * Inserts the jobs of a batch and shows their sentences as generating, but for proofs; what failed of those that were
 * at rest is not told any more. A job that another request queued in this
 * moment stays the only one of its sentence and take.
 * @returns ids of those that were inserted
 */
export async function insertJobs(
  tx: Tx,
  { batchId, projectId, priority }: { batchId: string; projectId: string; priority: number },
  jobs: readonly NewJob[],
): Promise<Set<string>> {
  // One parameter for all rows: a thousand rows of parameters take the database three times as long.
  const result = await tx.execute(sql`
    insert into ${generationJobs} (id, batch_id, project_id, sentence_id, kind, take_no, input, seed, priority, rank)
    select r.id, ${batchId}::text, ${projectId}::text, r."sentenceId", 'shot', r."takeNo", r.input, r.seed,
      ${priority}::int, r.rank
    from jsonb_to_recordset(${JSON.stringify(jobs)}::text::jsonb)
      as r(id text, "sentenceId" text, "takeNo" int, input jsonb, seed bigint, rank int)
    on conflict do nothing returning id`);
  const inserted = new Set(rowsOf<{ id: string }>(result).map((row) => row.id));
  if (inserted.size > 0)
    await tx
      .update(sentences)
      .set({
        status: "generating",
        error: sql`case when ${IS_AT_REST} then null else ${sentences.error} end`,
        failedJobs: sql`case when ${IS_AT_REST} then 0 else ${sentences.failedJobs} end`,
      })
      .where(
        sql`${sentences.id} in (select sentence_id from ${generationJobs} where batch_id = ${batchId} and ${IS_FOR_BOARD})`,
      );
  return inserted;
}
