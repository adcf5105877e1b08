import { type DataTag, QueryClient, type QueryKey } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { ProjectCache } from "@/app/projects/[projectId]/live/project-cache";
import { RunStore } from "@/app/projects/[projectId]/live/run-store";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Project } from "@/lib/schemas/project";
import { makeJob, makeProject, makeQueued } from "./make-board";

const MINUTE = 60_000;
const running = (sentenceId: string, progress: number) =>
  makeJob({ id: `job-${sentenceId}`, sentenceId, status: "running", attempt: 1, progress });
const shot = (sentenceId: string, progress: number) => makeQueued(sentenceId, running(sentenceId, progress));

/** A cache of a project, and how often it told of a change. */
function cacheOf(project: Project) {
  const client = new QueryClient();
  const key = ["project"] as unknown as DataTag<QueryKey, Project, unknown>;
  client.setQueryData(key, project);
  const cache = new ProjectCache(client, key, () => Promise.resolve(project));
  let changes = 0;
  cache.onChange(() => (changes += 1));
  return { cache, changes: () => changes };
}
const step = (sentenceId: string, progress: number): ProjectEvent => ({
  type: "job",
  job: running(sentenceId, progress),
});

test("a sampling step tells nobody who looks at the project as a whole", () => {
  const project = makeProject([shot("s1", 5), makeQueued("s2")]);
  const { cache, changes } = cacheOf(project);
  cache.tell([step("s1", 20), step("s1", 30)]);
  expect(changes()).toBe(0);
  expect(cache.get()).toBe(project);
  expect(cache.steps.of(cache.sentence("s1")!.job!).progress).toBe(30);
});

test("what changes nothing tells nobody either; what does, once", () => {
  const project = makeProject([shot("s1", 5), makeQueued("s2")]);
  const { cache, changes } = cacheOf(project);
  cache.patch((known) => known);
  cache.tell([{ type: "structure" }]);
  expect(changes()).toBe(0);
  cache.tell([{ type: "job", job: { ...running("s1", 60), isCancelling: true } }]);
  expect(changes()).toBe(1);
  expect(cache.sentence("s1")!.job).toMatchObject({ progress: 60, isCancelling: true });
});

test("when a run will be done is told from how far its pictures are, not from when they were begun", () => {
  const project = makeProject([shot("s1", 0), shot("s2", 0), makeQueued("s3")]);
  const { cache } = cacheOf(project);
  const store = new RunStore(cache, project, Date.now() - MINUTE);
  const stop = store.subscribe(() => {});
  cache.tell([step("s2", 50)]);
  const { id, ...rest } = cache.sentence("s1")!;
  cache.tell([
    {
      type: "sentence",
      sentence: { ...rest, id, status: "completed", job: null, openJobs: 0, selectedTakeId: "take" },
    },
  ]);
  const { pace, doneBy, total, over } = store.get()!.view;
  expect({ total, over }).toEqual({ total: 3, over: 1 });
  // One and a half pictures are left.
  expect((doneBy! - Date.now()) / pace!).toBeCloseTo(1.5, 1);
  stop();
});
