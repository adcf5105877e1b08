import { and, desc, eq, lt, or } from "drizzle-orm";
import type { z } from "zod";
import { ShotboardError } from "@/lib/errors";
import type { Job, jobListInput } from "@/lib/schemas/job";
import { generationJobs } from "@/server/db/schema";
import { testFile } from "@/server/image-store/paths";
import { toJob } from "@/server/generation/job-state";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { requireJob, requireProject } from "../require-row";

export async function getJob(ctx: ServiceContext, { jobId }: { jobId: string }): Promise<Job> {
  return toJob(await requireJob(ctx.database.db, jobId), ctx.live);
}

/** A project's jobs, newest first. */
export async function listJobs(
  ctx: ServiceContext,
  { projectId, status, limit, cursor }: z.infer<typeof jobListInput>,
) {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const from = readCursor(cursor);
  const rows = await db
    .select()
    .from(generationJobs)
    .where(
      and(
        eq(generationJobs.projectId, projectId),
        status === undefined ? undefined : eq(generationJobs.status, status),
        from
          ? or(
              lt(generationJobs.queuedAt, from.at),
              and(eq(generationJobs.queuedAt, from.at), lt(generationJobs.id, from.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(generationJobs.queuedAt), desc(generationJobs.id))
    .limit(pageSize(limit) + 1);
  const page = toPage(rows, limit, (row) => ({ at: row.queuedAt, id: row.id }));
  return { items: page.items.map((row) => toJob(row, ctx.live)), nextCursor: page.nextCursor };
}

/**
 * The picture that a test made, relative to DATA_DIR.
 * @throws ShotboardError where the job is no test, or has made none yet
 */
export async function getTestFile(ctx: ServiceContext, { jobId }: { jobId: string }): Promise<string> {
  const job = await requireJob(ctx.database.db, jobId);
  if (job.kind === "test" && job.status === "completed") return testFile(jobId);
  throw new ShotboardError(
    "NOT_FOUND",
    job.kind === "test" ? "This test has made no picture yet." : "Only tests have a picture of their own.",
    {
      reason: "no_result",
      field: "jobId",
      remedy: job.kind === "test" ? "Wait until its job is completed." : null,
    },
  );
}

/** The newest sampler preview of a job that runs or has just ended, or null. */
export function getPreview(
  ctx: ServiceContext,
  { jobId }: { jobId: string },
): { bytes: Uint8Array; mime: string } | null {
  return ctx.live.previewOf(jobId);
}
