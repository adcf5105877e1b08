import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byDay } from "@/app/_queue/by-day";
import { pauseWords } from "@/app/_queue/pause-words";
import { errorCount, stillFailed } from "@/app/_queue/retry-words";
import { groupFailures } from "@/app/projects/[projectId]/model/failures";
import { openBatches } from "@/app/projects/[projectId]/model/open-batches";
import { readRetryStep } from "@/app/projects/[projectId]/model/retry-step";
import {
  failuresLeft,
  isNoteworthy,
  leftToCheck,
  progressWords,
  startedWords,
} from "@/app/projects/[projectId]/model/start-words";
import { turnsOf } from "@/app/projects/[projectId]/model/turns";
import type { StartReport } from "@/lib/schemas/report";
import { makePainted, makeQueued, makeShot } from "./make-board";

/** A moment by the clock of this machine, as the API tells it. */
const moment = (text: string) => new Date(text).toISOString();
const NOW = new Date("2026-03-29T08:00:00").getTime();
const failure = (message: string) => ({ code: "failed", message, field: null, remedy: null });
const makeFailed = (id: string, message: string) =>
  makeShot(id, { status: "failed", error: failure(message) });

describe("a pause", () => {
  const at = moment("2026-03-28T22:14:00");

  test("says by whom, when and why", () => {
    expect(pauseWords({ by: "user", reason: "A film is being rendered", at }, NOW)).toBe(
      "Paused by you yesterday at 22:14: A film is being rendered",
    );
    expect(pauseWords({ by: "shotboard", reason: "The last ComfyUI was disconnected.", at }, NOW)).toBe(
      "Paused by Shotboard yesterday at 22:14: The last ComfyUI was disconnected.",
    );
  });

  test("needs neither a reason nor a time", () => {
    expect(pauseWords({ by: "user", reason: null, at }, NOW)).toBe("Paused by you yesterday at 22:14.");
    expect(pauseWords({ by: "user", reason: null, at: null }, NOW)).toBe("Paused by you.");
  });
});

test("what happened is told by day, in its order", () => {
  const items = ["2026-03-29T07:00:00", "2026-03-29T01:00:00", "2026-03-28T23:00:00"].map((one) => ({
    at: moment(one),
  }));
  expect(byDay(items, NOW)).toEqual([
    ["Today", items.slice(0, 2)],
    ["Yesterday", items.slice(2)],
  ]);
  expect(byDay([], NOW)).toEqual([]);
});

describe("an error of the queue's page", () => {
  const shot = (projectId: string, sentenceId: string, isFailed: boolean) => ({
    projectId,
    projectName: projectId,
    sentenceId,
    text: "",
    isFailed,
  });
  const error = (count: number, ...shots: ReturnType<typeof shot>[]) => ({
    ...failure("No"),
    count,
    lastAt: moment("2026-03-29T07:00:00"),
    shots,
  });

  test("offers what is failed still, project by project", () => {
    const shots = [shot("a", "1", true), shot("b", "2", true), shot("a", "3", false), shot("a", "4", true)];
    expect(stillFailed(error(9, ...shots))).toEqual([
      { projectId: "a", sentenceIds: ["1", "4"] },
      { projectId: "b", sentenceIds: ["2"] },
    ]);
    expect(errorCount(error(9, ...shots))).toBe("9 times, 3 shots still failed");
  });

  test("says when nothing of it is left", () => {
    expect(stillFailed(error(1, shot("a", "1", false)))).toEqual([]);
    expect(errorCount(error(1, shot("a", "1", false)))).toBe("Once, no shot tells of it now");
    expect(errorCount(error(2))).toBe("2 times");
  });
});

test("failed shots are grouped by reason, the most frequent first; none is lost, none stands there twice", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", null)), (reasons) => {
      const shots = reasons.map((reason, index) =>
        reason === null ? makePainted(`s${index}`) : makeFailed(`s${index}`, reason),
      );
      const groups = groupFailures(shots);
      const failed = shots.filter((one) => one.status === "failed").map((one) => one.id);
      expect(groups.flatMap((group) => group.sentenceIds).toSorted()).toEqual(failed.toSorted());
      expect(new Set(groups.map((group) => group.failure.message)).size).toBe(groups.length);
      const sizes = groups.map((group) => group.sentenceIds.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }),
  );
});

describe("the report after a restart", () => {
  const report = (changes: Partial<StartReport> = {}): StartReport => ({
    startedAt: moment("2026-03-29T03:12:00"),
    endedAt: null,
    total: 300,
    done: 212,
    doneSince: 98,
    open: 71,
    cancelled: 0,
    failed: [],
    toCheck: [],
    ...changes,
  });

  test("says when it was started, and how it had ended", () => {
    expect(startedWords(report(), NOW)).toBe(
      "Shotboard was started again at 03:12; it had ended without warning.",
    );
    expect(startedWords(report({ endedAt: moment("2026-03-28T23:50:00") }), NOW)).toBe(
      "Shotboard was started again at 03:12; it had been stopped yesterday at 23:50.",
    );
  });

  test("says how far the pictures are, and when all is over", () => {
    expect(progressWords(report())).toBe("212 of 300 pictures are done, 98 of them since; 71 in line.");
    expect(progressWords(report({ done: 286, doneSince: 172, open: 0 }))).toBe(
      "286 of 300 pictures are done, 172 of them since; nothing is in line any more.",
    );
    expect(progressWords(report({ done: 300, doneSince: 186, open: 0 }))).toBe(
      "All 300 pictures are done, 186 of them since.",
    );
    expect(progressWords(report({ total: 1, done: 1, doneSince: 1, open: 0 }))).toBe(
      "The picture that was in line is done.",
    );
    expect(progressWords(report({ total: 3, done: 0, doneSince: 0, open: 1, cancelled: 2 }))).toBe(
      "0 of 3 pictures are done; 1 in line; 2 cancelled.",
    );
  });

  test("names what is failed still, not what was retried, nor what failed otherwise", () => {
    const failed = [{ ...failure("No"), sentenceIds: ["a", "b"] }];
    const shots = [makeFailed("a", "No"), makePainted("b"), makeFailed("c", "No")];
    expect(failuresLeft(report({ failed }), groupFailures(shots))).toEqual([
      { failure: failure("No"), sentenceIds: ["a"] },
    ]);
  });

  test("names what wants an eye until it is looked after", () => {
    const toCheck = [
      { sentenceId: "a", notes: ["Half as large as asked for."], isDirty: false },
      { sentenceId: "b", notes: [], isDirty: true },
      { sentenceId: "c", notes: [], isDirty: true },
    ];
    const shots = [makePainted("a"), makePainted("b"), makePainted("c", { isImageDirty: true })];
    expect(leftToCheck(report({ toCheck }), shots)).toEqual({
      sentenceIds: ["a", "c"],
      words: "Half as large as asked for.",
    });
    expect(leftToCheck(report({ toCheck }), [makeQueued("a")])).toBeNull();
  });

  test("is not told where nothing but a cancel happened", () => {
    expect(isNoteworthy(report())).toBe(true);
    expect(isNoteworthy(report({ done: 2, doneSince: 0, open: 0, cancelled: 298 }))).toBe(false);
  });
});

test("only a step that tells of a wait counts down", () => {
  expect(readRetryStep("trying again in 18 s (2 of 3)")).toEqual({ seconds: 18, which: "(2 of 3)" });
  for (const step of [null, "sampling 5/8", "trying again in 18 s", "failed"])
    expect(readRetryStep(step)).toBeNull();
});

test("waiting shots alone get another turn, and not the one they have", () => {
  const shots = [
    makeQueued("a"),
    makeQueued("b", { priority: 10 }),
    makeQueued("c", { priority: -10 }),
    makeQueued("d", { status: "running" }),
    makeQueued("e", { isCancelling: true }),
    makePainted("f"),
  ];
  expect(turnsOf(shots)).toEqual({ next: ["a", "c"], normal: ["b", "c"], last: ["a", "b"] });
});

test("batches are told apart, the oldest first, without what is being stopped", () => {
  const late = "2026-01-01T00:05:00.000Z";
  const shots = [
    makeQueued("a", { batchId: "two", queuedAt: late }),
    makeQueued("b", { batchId: "one" }),
    makeQueued("c", { batchId: "one", status: "running" }),
    makeQueued("d", { batchId: "three", isCancelling: true }),
  ];
  expect(openBatches(shots)).toEqual([
    { batchId: "one", queuedAt: Date.parse("2026-01-01T00:00:00.000Z"), shots: 2 },
    { batchId: "two", queuedAt: Date.parse(late), shots: 1 },
  ]);
});
