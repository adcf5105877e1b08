import { and, eq, inArray, type SQL } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import type { CancelInput } from "@/lib/schemas/image";
import type { Tx } from "@/server/db/database";
import { batches, generationJobs, projects, sentences } from "@/server/db/schema";
import { IS_FOR_BOARD } from "./proofs";

/**
 * The jobs that a request names: of a project, of a batch, of some sentences (their proofs are not), or one by one.
 * @throws ShotboardError where one of them does not exist
 */
export async function findScope(
  tx: Tx,
  { projectId, batchId, jobIds, sentenceIds }: CancelInput,
): Promise<SQL> {
  if (projectId !== undefined) {
    const [project] = await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId));
    if (!project) throw notFound("project", projectId, "projectId");
    return eq(generationJobs.projectId, projectId);
  }
  if (batchId !== undefined) {
    const [batch] = await tx.select({ id: batches.id }).from(batches).where(eq(batches.id, batchId));
    if (!batch) throw notFound("batch", batchId, "batchId");
    return eq(generationJobs.batchId, batchId);
  }
  if (sentenceIds !== undefined) {
    await checkKnown(tx, sentences, { noun: "sentence", ids: sentenceIds, field: "sentenceIds" });
    return and(inArray(generationJobs.sentenceId, sentenceIds), IS_FOR_BOARD)!;
  }
  await checkKnown(tx, generationJobs, { noun: "job", ids: jobIds ?? [], field: "jobIds" });
  return inArray(generationJobs.id, jobIds ?? []);
}

async function checkKnown(
  tx: Tx,
  table: typeof sentences | typeof generationJobs,
  { noun, ids, field }: { noun: string; ids: string[]; field: string },
): Promise<void> {
  const found = await tx.select({ id: table.id }).from(table).where(inArray(table.id, ids));
  const known = new Set(found.map((row) => row.id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw notFound(noun, ids[missing]!, `${field}.${missing}`);
}
