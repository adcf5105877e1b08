import { describe, expect, test } from "vitest";
import { announcement } from "@/app/projects/[projectId]/model/announcement";
import { followRun, type Run, shareOf, viewRun, withEndedJobs } from "@/app/projects/[projectId]/model/run";
import { endWords, pageTitle } from "@/app/projects/[projectId]/model/run-words";
import type { Sentence } from "@/lib/schemas/sentence";
import { makeFailed, makeJob, makePainted, makeQueued, makeShot } from "./make-board";

const MINUTE = 60_000;
const ids = ["a", "b", "c", "d"];
const queued = ids.map((id) => makeQueued(id));
/** The board after the first `count` shots are painted. */
const after = (count: number) => ids.map((id, index) => (index < count ? makePainted(id) : makeQueued(id)));

const start = (): Run => followRun(null, queued, 0)!;

describe("a run", () => {
  test("begins with the first shot in line and not before", () => {
    expect(followRun(null, [makeShot("a")], 0)).toBeNull();
    expect(viewRun(start(), queued, 0)).toMatchObject({
      total: 4,
      over: 0,
      running: [],
      pace: null,
      doneBy: null,
    });
  });

  test("counts what is painted, and tells the pace and the end from the last pictures", () => {
    let run = followRun(start(), after(1), MINUTE)!;
    run = followRun(run, after(2), 3 * MINUTE)!;
    expect(viewRun(run, after(2), 3 * MINUTE)).toEqual({
      total: 4,
      over: 2,
      failed: 0,
      hasFailures: false,
      running: [],
      pace: 2 * MINUTE,
      doneBy: 7 * MINUTE,
    });
  });

  test("counts the picture being painted in part", () => {
    const shots = [
      makePainted("a"),
      makeQueued("b", { status: "running", progress: 50 }),
      ...queued.slice(2),
    ];
    const view = viewRun(followRun(start(), shots, MINUTE)!, shots, MINUTE);
    expect(shareOf(view, view.running)).toBeCloseTo(1.5 / 4);
    const further = view.running.map((job) => ({ ...job, progress: 80 }));
    expect(shareOf(view, further)).toBeCloseTo(1.8 / 4);
  });

  test("takes shots in that are queued later", () => {
    const more = [...queued, makeQueued("e")];
    expect(viewRun(followRun(start(), more, 1)!, more, 1).total).toBe(5);
  });

  test("leaves cancelled shots out, with an old picture too", () => {
    const again = makeQueued("a", {}, { selectedTakeId: "take-a", imageUrl: "/a.png" });
    const begun = followRun(null, [again, makeQueued("b")], 0)!;
    const run = followRun(begun, [makePainted("a"), makeQueued("b")], MINUTE)!;
    expect(viewRun(run, [], MINUTE)).toMatchObject({ total: 1, over: 0 });
  });

  test("counts failed shots as over, and a retry of one as open again", () => {
    const failed = [makeFailed("a"), ...queued.slice(1)];
    const run = followRun(start(), failed, MINUTE)!;
    expect(viewRun(run, failed, MINUTE)).toMatchObject({ total: 4, over: 1, failed: 1 });
    expect(viewRun(followRun(run, queued, MINUTE)!, queued, MINUTE)).toMatchObject({
      total: 4,
      over: 0,
      failed: 0,
    });
  });

  test("ends when the line is empty, stays known, and the next one begins anew", () => {
    const run = followRun(start(), after(4), MINUTE)!;
    expect(run.endedAt).toBe(MINUTE);
    expect(followRun(run, after(4), 2 * MINUTE)).toBe(run);
    expect(viewRun(followRun(run, [makeQueued("a")], 2 * MINUTE)!, [], 0).total).toBe(1);
  });

  test("counts pictures, where shots have several takes", () => {
    const three = makeQueued("a", {}, { openJobs: 3 });
    let run = followRun(null, [three], 0)!;
    expect(viewRun(run, [three], 0)).toMatchObject({ total: 3, over: 0 });
    const two = { ...three, openJobs: 2, selectedTakeId: "take-1" };
    run = followRun(run, [two], MINUTE)!;
    expect(viewRun(run, [two], MINUTE)).toMatchObject({
      total: 3,
      over: 1,
      pace: MINUTE,
      doneBy: 3 * MINUTE,
    });
    // Two more are asked for meanwhile; then all are cancelled but what was made.
    const four = { ...two, openJobs: 4 };
    run = followRun(run, [four], MINUTE)!;
    expect(viewRun(run, [four], MINUTE)).toMatchObject({ total: 5, over: 1 });
    run = followRun(run, [makePainted("a", { selectedTakeId: "take-1" })], 2 * MINUTE)!;
    expect(viewRun(run, [], 2 * MINUTE)).toMatchObject({ total: 1, over: 1, failed: 0 });
  });

  test("counts no take as made that was cancelled", () => {
    const four = makeQueued("a", {}, { openJobs: 4 });
    let run = followRun(null, [four], 0)!;
    run = followRun(run, [{ ...four, openJobs: 1 }], MINUTE)!;
    expect(viewRun(run, [], MINUTE)).toMatchObject({ total: 1, over: 0, pace: null });
    run = followRun(run, [makePainted("a")], 2 * MINUTE)!;
    expect(viewRun(run, [], MINUTE)).toMatchObject({ total: 1, over: 1, failed: 0 });
  });

  describe("with takes that failed beside others", () => {
    const error = { code: "node_error", message: "No file.", field: null, remedy: null };
    const four = makeQueued("a", {}, { openJobs: 4 });
    /** The run of a shot after these looks at it, a minute each. */
    const through = (...looks: Partial<Sentence>[]) =>
      looks.reduce(
        (run, look, index) => followRun(run, [{ ...four, ...look }], index * MINUTE)!,
        followRun(null, [four], 0)!,
      );
    const numbers = (run: Run) => {
      const { total, over, failed } = viewRun(run, [], 0);
      return { total, over, failed };
    };
    const oneFailed = { openJobs: 3, failedJobs: 1, error };

    test("counts those, and says where that is told", () => {
      expect(numbers(through(oneFailed))).toEqual({ total: 4, over: 1, failed: 1 });
      const end = makePainted("a", { failedJobs: 2, error });
      const run = through(
        oneFailed,
        { openJobs: 2, failedJobs: 2 },
        { openJobs: 1, failedJobs: 2, selectedTakeId: "one" },
        end,
      );
      expect(numbers(run)).toEqual({ total: 4, over: 4, failed: 2 });
      expect(endWords(run, viewRun(run, [end], 0))).toEqual({
        title: "2 pictures done in 3 min, 2 failed.",
        text: "Why, and what to do, stands above the board under “failed”.",
      });
    });

    test("counts none of those as failed that were cancelled then", () => {
      const cancelled = { status: "pending", openJobs: 0, failedJobs: 1, error, job: null } as const;
      expect(numbers(through(oneFailed, cancelled))).toEqual({ total: 1, over: 1, failed: 1 });
    });

    test("counts none of those as failed that do not take the place of the take that was chosen", () => {
      const run = through(oneFailed, { openJobs: 2, failedJobs: 1 });
      expect(viewRun(run, [], 0).failed).toBe(1);
    });

    test("keeps them while a further take is asked for, and none of a shot at rest that is asked for again", () => {
      expect(numbers(through(oneFailed, { openJobs: 4, failedJobs: 1 }))).toEqual({
        total: 5,
        over: 1,
        failed: 1,
      });
      const others = makeQueued("b");
      const look = (run: Run | null, a: Sentence) => followRun(run, [a, others], 0)!;
      let run = look(look(null, four), makePainted("a", { failedJobs: 2, error }));
      expect(viewRun(run, [], 0)).toMatchObject({ failed: 2 });
      run = look(run, makeQueued("a", {}, { selectedTakeId: "take-a" }));
      // Two were made, one is in line, and one of the other shot.
      expect(viewRun(run, [], 0)).toMatchObject({ total: 4, over: 2, failed: 0 });
    });
  });

  test("leaves out what was deleted from the board meanwhile", () => {
    expect(viewRun(followRun(start(), queued.slice(1), MINUTE)!, queued, MINUTE).total).toBe(3);
  });

  test("knows of what was painted before the page was opened", () => {
    const ended = ["x", "y"].map((id, index) =>
      makeJob({
        id: `job-${id}`,
        sentenceId: id,
        status: "completed",
        startedAt: new Date(index * MINUTE).toISOString(),
        endedAt: new Date((index + 1) * MINUTE).toISOString(),
      }),
    );
    const run = withEndedJobs(followRun(null, queued, 3 * MINUTE)!, ended, 3 * MINUTE);
    expect(viewRun(run, queued, 3 * MINUTE)).toMatchObject({ total: 6, over: 2, pace: MINUTE });
    expect(run.startedAt).toBe(0);
  });
});

describe("its end", () => {
  const over = (failed: number) => {
    const shots = ids.map((id, index) => (index < failed ? makeFailed(id) : makePainted(id)));
    const run = followRun(start(), shots, 90_000)!;
    return endWords(run, viewRun(run, shots, 90_000));
  };

  test("is told with what was made, in what time, and what failed", () => {
    expect(over(0)).toEqual({ title: "4 pictures done in 1 min 30 s.", text: null });
    expect(over(1)?.title).toBe("3 pictures done in 1 min 30 s, 1 failed.");
    expect(over(4)?.title).toBe("4 pictures failed.");
  });

  test("is not told of a single picture, nor before it is there", () => {
    const one = followRun(followRun(null, [makeQueued("a")], 0)!, [makePainted("a")], 1)!;
    expect(endWords(one, viewRun(one, [], 1))).toBeNull();
    expect(endWords(start(), viewRun(start(), queued, 0))).toBeNull();
  });

  test("stands in the title of the page until then", () => {
    const run = followRun(start(), after(1), MINUTE)!;
    expect(pageTitle("Ferry", viewRun(run, after(1), MINUTE))).toBe("(1/4) Ferry · Shotboard");
    expect(pageTitle("Ferry", null)).toBe("Ferry · Shotboard");
  });
});

describe("what is read out", () => {
  const view = (over: number, failed = 0) => ({
    total: 4,
    over,
    failed,
    hasFailures: failed > 0,
    running: [],
    pace: null,
    doneBy: null,
  });

  test("the start, each quarter and the end", () => {
    expect(announcement(null, view(0))).toBe("Painting 4 pictures.");
    expect(announcement(view(0), view(0))).toBeNull();
    expect(announcement(view(0), view(1))).toBe("1 of 4 done.");
    expect(announcement(view(3), view(4))).toBe("4 pictures done.");
    expect(announcement(view(3, 1), view(4, 1))).toBe("3 pictures done, 1 failed.");
  });
});
