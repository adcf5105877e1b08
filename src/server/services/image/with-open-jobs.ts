import { and, inArray } from "drizzle-orm";
import type { Tx } from "@/server/db/database";
import { generationJobs } from "@/server/db/schema";

/** Which of these sentences have a job in line or running. */
export async function withOpenJobs(tx: Tx, sentenceIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: generationJobs.sentenceId })
    .from(generationJobs)
    .where(
      and(
        inArray(generationJobs.sentenceId, [...sentenceIds]),
        inArray(generationJobs.status, ["queued", "running"]),
      ),
    );
  return new Set(rows.flatMap((row) => row.id ?? []));
}
