import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import fc from "fast-check";
import { priorityOf, rankOf, rankOfOther } from "@/server/generation/choose-queue";
import { startTestApp, type TestApp } from "../../support/test-app";
import { job } from "./board";
import { small } from "./patience";
import { isOf, running } from "./received";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.comfy.release());

/** Ids of jobs in the order in which ComfyUI got them. */
const order = (jobIds: string[]) =>
  app.comfy.prompts.flatMap((prompt) => jobIds.find((id) => isOf(prompt, id)) ?? []);

test("waiting shots that are given a higher priority are painted next, and what runs is left to its end", async () => {
  const { projectId, sentenceIds } = await app.project(4, small);
  app.comfy.pause();
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await running(app.comfy, jobIds[0]!);
  const last = sentenceIds[3]!;
  expect(await app.client.image.prioritize.mutate({ sentenceIds: [last], priority: 10 })).toEqual({
    changed: 1,
  });
  expect(await job(app, jobIds[3]!)).toMatchObject({ status: "queued", priority: 10 });
  // Asked again, it changes nothing; the one that runs has its place already.
  expect(await app.client.image.prioritize.mutate({ sentenceIds: [last], priority: 10 })).toEqual({
    changed: 0,
  });
  expect(await app.client.image.prioritize.mutate({ jobIds: [jobIds[0]!], priority: 10 })).toEqual({
    changed: 0,
  });
  app.comfy.release();
  await app.settled(projectId);
  expect(order(jobIds)).toEqual([jobIds[0], jobIds[3], jobIds[1], jobIds[2]]);
});

test("one batch goes before another of the same model, and back in line in board order", async () => {
  const one = await app.project(2, small);
  const two = await app.project(2, small);
  await app.client.queue.pause.mutate();
  const first = await app.client.image.generate.mutate({ projectId: one.projectId });
  const second = await app.client.image.generate.mutate({ projectId: two.projectId });
  await app.client.image.prioritize.mutate({ batchId: second.batchId!, priority: 5 });
  await app.client.image.prioritize.mutate({ projectId: one.projectId, priority: -5 });
  await app.client.queue.resume.mutate();
  await app.settled(one.projectId);
  expect(order([...first.jobIds, ...second.jobIds])).toEqual([...second.jobIds, ...first.jobIds]);
});

test("an unknown job, or more than one kind of them, is refused, and nothing is moved", async () => {
  const nobody = "01890a5d-ac96-774b-bcce-b302099a8057";
  await expect(app.client.image.prioritize.mutate({ jobIds: [nobody], priority: 1 })).rejects.toMatchObject({
    data: { httpStatus: 404, field: "jobIds.0" },
  });
  await expect(
    app.client.image.prioritize.mutate({ jobIds: [nobody], projectId: nobody, priority: 1 }),
  ).rejects.toMatchObject({ data: { httpStatus: 400, field: "projectId" } });
  await expect(app.client.image.prioritize.mutate({ jobIds: [nobody], priority: 101 })).rejects.toMatchObject(
    { data: { httpStatus: 400, field: "priority" } },
  );
});

test("a rank at another priority keeps its place on the board, and comes back to what it was", () => {
  const priority = fc.integer({ min: -100, max: 100 });
  fc.assert(
    fc.property(
      priority,
      priority,
      fc.nat(9_999),
      fc.integer({ min: 1, max: 8 }),
      (before, after, place, take) => {
        const rank = rankOf(before, place, take);
        const moved = rankOfOther(rank, after);
        expect(moved).toBe(rankOf(after, place, take));
        expect(priorityOf(moved)).toBe(after);
        expect(rankOfOther(moved, before)).toBe(rank);
      },
    ),
  );
});
