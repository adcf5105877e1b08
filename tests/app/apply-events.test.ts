import { describe, expect, test } from "vitest";
import { applyEvents, withSentences } from "@/app/projects/[projectId]/model/apply-events";
import type { SentenceState } from "@/lib/schemas/events";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { makeJob, makePainted, makeProject, makeQueued, makeShot } from "./make-board";

const shot = (project: Project, id: string) =>
  project.sections.flatMap((section) => section.sentences).find((one) => one.id === id)!;

const stateOf = ({
  id,
  status,
  isImageDirty,
  imageFile,
  imageUrl,
  selectedTakeId,
  shownTake,
  seed,
  job,
  openJobs,
  failedJobs,
  error,
}: Sentence): SentenceState => ({
  id,
  status,
  isImageDirty,
  imageFile,
  imageUrl,
  selectedTakeId,
  shownTake,
  seed,
  job,
  openJobs,
  failedJobs,
  error,
});

describe("events on the board", () => {
  test("a sentence's event changes that shot and leaves every other object as it was", () => {
    const project = makeProject([makeShot("s1"), makeShot("s2")], [makeShot("s3")]);
    const next = applyEvents(project, [{ type: "sentence", sentence: stateOf(makePainted("s1")) }]);
    expect(shot(next, "s1").status).toBe("completed");
    expect(shot(next, "s2")).toBe(shot(project, "s2"));
    expect(next.sections[1]).toBe(project.sections[1]);
    expect(next.sections[0]).not.toBe(project.sections[0]);
  });

  test("an event that says what is known already changes nothing at all", () => {
    const project = makeProject([makePainted("s1"), makeQueued("s2")]);
    const states = project.sections[0]!.sentences.map(stateOf);
    const snapshot = {
      type: "snapshot" as const,
      sentences: structuredClone(states),
      queue: { isDemo: false, isPaused: false, pause: null, queued: 0, running: 0, lanes: [] },
    };
    expect(applyEvents(project, [snapshot])).toBe(project);
  });

  test("texts and versions are not touched by a state", () => {
    const project = makeProject([makeShot("s1", { text: "Typed here.", version: 7 })]);
    const next = applyEvents(project, [
      { type: "sentence", sentence: stateOf(makePainted("s1", { text: "Old.", version: 1 })) },
    ]);
    expect(shot(next, "s1")).toMatchObject({ text: "Typed here.", version: 7, status: "completed" });
  });

  test("the newest progress wins", () => {
    const project = makeProject([makeQueued("s1")]);
    const job = { id: "job-s1", sentenceId: "s1", status: "running" as const, attempt: 1 };
    const next = applyEvents(project, [
      { type: "job", job: makeJob({ ...job, progress: 10 }) },
      { type: "job", job: makeJob({ ...job, progress: 40, step: "sampling 3/8" }) },
    ]);
    expect(shot(next, "s1").job).toMatchObject({ progress: 40, step: "sampling 3/8" });
  });

  test("progress of an attempt before the present one is dropped", () => {
    const project = makeProject([makeQueued("s1", { status: "running", attempt: 4, progress: 20 })]);
    const late = makeJob({ id: "job-s1", sentenceId: "s1", status: "running", attempt: 3, progress: 90 });
    expect(applyEvents(project, [{ type: "job", job: late }])).toBe(project);
  });

  test("progress that arrives after a shot is done does not set it back", () => {
    const project = makeProject([makePainted("s1")]);
    const late = makeJob({ id: "job-s1", sentenceId: "s1", status: "running", attempt: 3, progress: 90 });
    expect(applyEvents(project, [{ type: "job", job: late }])).toBe(project);
  });

  test("a queued take does not hide the running one", () => {
    const project = makeProject([makeQueued("s1", { id: "first", status: "running" })]);
    const second = makeJob({ id: "second", sentenceId: "s1" });
    expect(applyEvents(project, [{ type: "job", job: second }])).toBe(project);
  });

  test("a take that is painted on another lane does not take the place of the running one", () => {
    const project = makeProject([makeQueued("s1", { id: "first", status: "running" })]);
    const second = makeJob({ id: "second", sentenceId: "s1", status: "running", attempt: 1, progress: 40 });
    expect(applyEvents(project, [{ type: "job", job: second }])).toBe(project);
  });

  test("an answer that is older than what is known is not taken", () => {
    const project = makeProject([makeShot("s1", { text: "New.", version: 3 })]);
    expect(withSentences(project, [makeShot("s1", { text: "Old.", version: 2 })])).toBe(project);
    const newer = withSentences(project, [makeShot("s1", { text: "Newer.", version: 4 })]);
    expect(shot(newer, "s1").text).toBe("Newer.");
  });
});
