import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generationJobs } from "@/server/db/schema";
import { startTestApp, type TestApp } from "../../support/test-app";
import { refusal } from "./board";
import { small } from "./patience";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** As if every picture so far had taken its lane 10 s, one right after the other, the last one now. */
const tookTenSeconds = () =>
  app.runtime.services.database.db.execute(sql`
    update ${generationJobs} j set started_at = now() - n * interval '10 s', ended_at = now() - (n - 1) * interval '10 s'
    from (select id, row_number() over (order by ended_at desc) as n from ${generationJobs} where status = 'completed') r
    where r.id = j.id`);

test("a request's pictures, the time they take here and what is left out are foreseen, and nothing is queued", async () => {
  const { projectId, sentenceIds } = await app.project(6, small);
  const [first, second] = sentenceIds;
  expect(await app.client.image.foresee.query({ projectId })).toEqual({
    queued: 6,
    skipped: [],
    lanes: 1,
    ms: null,
    ahead: 0,
    unmeasured: 6,
  });
  await app.client.image.generate.mutate({ projectId, sentenceIds: [first!, second!] });
  await app.settled(projectId);
  await app.client.sentence.update.mutate({ sentenceId: sentenceIds[2]!, isLocked: true });
  await tookTenSeconds();
  expect(await app.client.image.foresee.query({ projectId })).toEqual({
    queued: 3,
    skipped: [
      { sentenceId: first, reason: "hasPicture" },
      { sentenceId: second, reason: "hasPicture" },
      { sentenceId: sentenceIds[2], reason: "locked" },
    ],
    lanes: 1,
    ms: 30_000,
    ahead: 0,
    unmeasured: 0,
  });
  const twice = await app.client.image.foresee.query({ projectId, force: true, takes: 2 });
  expect(twice).toMatchObject({ queued: 10, ms: 100_000 });
  expect((await app.client.job.list.query({ projectId })).items).toHaveLength(2);

  // Other projects' pictures in line come first.
  const other = await app.project(2, small);
  app.comfy.pause();
  await app.client.image.generate.mutate({ projectId: other.projectId });
  expect(await app.client.image.foresee.query({ projectId })).toMatchObject({ ms: 50_000, ahead: 2 });
  app.comfy.release();
  await app.settled(other.projectId);
});

test("no time is promised while nothing paints", async () => {
  const { projectId } = await app.project(1, small);
  await app.client.queue.pause.mutate({});
  expect(await app.client.image.foresee.query({ projectId })).toMatchObject({
    queued: 1,
    lanes: 0,
    ms: null,
  });
  await app.client.queue.resume.mutate({});
});

test("of another size it is foreseen in proportion", async () => {
  const { projectId } = await app.project(1, { ...small, width: small.width * 2 });
  await tookTenSeconds();
  expect(await app.client.image.foresee.query({ projectId })).toMatchObject({ ms: 20_000 });
});

test("sentences that were taken off the board a moment ago count for nothing", async () => {
  const { projectId, sentenceIds } = await app.project(2, small);
  await app.client.sentence.shelve.mutate({ projectId, sentenceIds: [sentenceIds[0]!] });
  expect(await app.client.image.foresee.query({ projectId, sentenceIds })).toMatchObject({
    queued: 1,
    skipped: [],
  });
});

test("a wrong request is refused as generate refuses it", async () => {
  const { projectId } = await app.project(1, small);
  const refused = await refusal(app.client.image.foresee.query({ projectId, modelId: "nope" }));
  expect(refused).toMatchObject({ httpStatus: 404, field: "modelId" });
});
