import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs } from "@/server/db/schema";

interface TestPicture {
  url: string;
  at: Date;
}

/**
 * The newest test picture of each of these models or styles; those without one are left out. A model's is one
 * without a style.
 */
export async function readTestPictures(
  on: Db | Tx,
  of: "model" | "style",
  ids: readonly string[],
): Promise<Map<string, TestPicture>> {
  if (ids.length === 0) return new Map();
  const model = sql<string>`${generationJobs.input} ->> 'modelId'`;
  const style = sql<string | null>`${generationJobs.input} -> 'overrides' ->> 'styleId'`;
  const owner = of === "model" ? model : style;
  const rows = await on
    .select({ id: generationJobs.id, owner, at: generationJobs.endedAt })
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.kind, "test"),
        eq(generationJobs.status, "completed"),
        inArray(owner, [...ids]),
        of === "model" ? sql`${style} is null` : undefined,
      ),
    )
    .orderBy(desc(generationJobs.endedAt));
  const newest = new Map<string, TestPicture>();
  for (const { id, owner: key, at } of rows)
    if (key !== null && at && !newest.has(key)) newest.set(key, { url: `/media/jobs/${id}/result.png`, at });
  return newest;
}
