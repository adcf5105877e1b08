import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/server/db/new-id";
import { generationJobs } from "@/server/db/schema";
import { FencedError } from "@/server/generation/run-errors";
import { settleCancelled, settleCompleted, settleFailed } from "@/server/generation/settle";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job, sentence } from "./board";
import { small } from "./patience";
import { running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** A job that runs, and its row. */
async function runningJob() {
  const { projectId, sentenceIds } = await app.project(1, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const { db } = app.runtime.services.database;
  const [row] = await db.select().from(generationJobs).where(eq(generationJobs.id, jobIds[0]!));
  return { db, row: row!, projectId, sentenceId: sentenceIds[0]! };
}

test("an owner that lost its job can settle nothing: every write is refused whole", async () => {
  const { row, projectId, sentenceId } = await runningJob();
  const late = { ...row, attempt: row.attempt - 1 };
  const take = {
    id: newId(),
    file: `projects/${projectId}/takes/late.png`,
    width: 1,
    height: 1,
    renderer: "comfyui" as const,
  };
  const failure = { code: "late", message: "Too late.", field: null, remedy: null };
  const { services } = app.runtime;
  const before = await sentence(app, sentenceId);
  await expect(settleCompleted(services, late, take, [])).rejects.toBeInstanceOf(FencedError);
  await expect(settleFailed(services, late, failure)).rejects.toBeInstanceOf(FencedError);
  await expect(settleCancelled(services, late)).rejects.toBeInstanceOf(FencedError);
  expect((await app.client.take.list.query({ sentenceId })).items).toEqual([]);
  expect(await sentence(app, sentenceId)).toEqual({
    ...before,
    job: expect.objectContaining({ id: row.id, status: "running", error: null }) as unknown,
  });
  app.comfy.release();
  await app.settled(projectId);
  expect(await job(app, row.id)).toMatchObject({ status: "completed" });
  // What is settled stays settled, for its last owner too.
  await expect(settleFailed(services, { ...row }, failure)).rejects.toBeInstanceOf(FencedError);
  expect((await app.client.take.list.query({ sentenceId })).items).toHaveLength(1);
});

test("a picture whose job another owner has claimed meanwhile is dropped, with its file", async () => {
  const { db, row, projectId, sentenceId } = await runningJob();
  await db
    .update(generationJobs)
    .set({ attempt: sql`${generationJobs.attempt} + 1` })
    .where(eq(generationJobs.id, row.id));
  const next = await app.project(1, small);
  app.comfy.release();
  // The lane goes on: by the time the next picture is there, the late one has been dropped.
  await app.client.image.generate.mutate({ projectId: next.projectId });
  await app.settled(next.projectId);
  const folder = join(app.dataDir, "projects", projectId, "takes");
  await expect
    .poll(() => readdir(folder).catch((error: NodeJS.ErrnoException) => error.code))
    .toSatisfy(
      // None was stored, or it has been removed.
      (files) => files === "ENOENT" || (Array.isArray(files) && files.length === 0),
    );
  expect((await app.client.take.list.query({ sentenceId })).items).toEqual([]);
  expect(await job(app, row.id)).toMatchObject({ status: "running", error: null });
});

test("a run whose job another owner has claimed meanwhile neither counts its failure nor gives it back", async () => {
  const { projectId } = await app.project(1, small);
  app.comfy.addFault({ kind: "execution_error" });
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  const id = jobIds[0]!;
  await running(app.comfy, id);
  const { db } = app.runtime.services.database;
  const [claimed] = await db
    .update(generationJobs)
    .set({ attempt: sql`${generationJobs.attempt} + 1`, promptId: "another-owners", step: "sampling 1/8" })
    .where(eq(generationJobs.id, id))
    .returning();
  const next = await app.project(1, small);
  app.comfy.release();
  await app.client.image.generate.mutate({ projectId: next.projectId });
  await app.settled(next.projectId);
  const [row] = await db.select().from(generationJobs).where(eq(generationJobs.id, id));
  expect(row).toEqual(claimed);
});
