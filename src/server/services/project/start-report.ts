import { and, eq, gte, inArray, isNull, lt, or } from "drizzle-orm";
import type { StartReport } from "@/lib/schemas/report";
import { generationJobs, sentences } from "@/server/db/schema";
import { IS_FOR_BOARD } from "@/server/generation/proofs";
import type { ServiceContext } from "../context";
import { requireProject } from "../require-row";

/**
 * What became of a project's pictures that were in line when Shotboard last ended, all of their batches; null where
 * nothing was.
 */
export async function reportStart(
  { database, generation }: Pick<ServiceContext, "database" | "generation">,
  { projectId }: { projectId: string },
): Promise<StartReport | null> {
  const { db } = database;
  await requireProject(db, projectId);
  const { startedAt, formerEndedAt } = generation.life;
  const interrupted = db
    .selectDistinct({ id: generationJobs.batchId })
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.projectId, projectId),
        IS_FOR_BOARD,
        lt(generationJobs.queuedAt, startedAt),
        or(isNull(generationJobs.endedAt), gte(generationJobs.endedAt, startedAt)),
      ),
    );
  const rows = await db
    .select({
      sentenceId: sentences.id,
      isDirty: sentences.isImageDirty,
      status: generationJobs.status,
      error: generationJobs.error,
      notes: generationJobs.notes,
      endedAt: generationJobs.endedAt,
    })
    .from(generationJobs)
    .innerJoin(sentences, eq(sentences.id, generationJobs.sentenceId))
    .where(inArray(generationJobs.batchId, interrupted))
    .orderBy(generationJobs.rank);
  if (rows.length === 0) return null;
  const of = (...statuses: string[]) => rows.filter((row) => statuses.includes(row.status));
  const done = of("completed");
  const byReason = Map.groupBy(of("failed"), ({ error }) => JSON.stringify([error?.code, error?.message]));
  return {
    startedAt: startedAt.toISOString(),
    endedAt: formerEndedAt?.toISOString() ?? null,
    total: rows.length,
    done: done.length,
    doneSince: done.filter((row) => row.endedAt !== null && row.endedAt >= startedAt).length,
    open: of("queued", "running").length,
    cancelled: of("cancelled").length,
    failed: [...byReason.values()].flatMap((some) => {
      const error = some[0]?.error;
      return error ? [{ ...error, sentenceIds: [...new Set(some.map((row) => row.sentenceId))] }] : [];
    }),
    toCheck: done
      .filter((row) => row.notes.length > 0 || row.isDirty)
      .map(({ sentenceId, notes, isDirty }) => ({ sentenceId, notes, isDirty })),
  };
}
