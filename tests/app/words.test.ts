import { describe, expect, test } from "vitest";
import { describeAnswer } from "@/app/projects/[projectId]/model/describe-answer";
import { placesInLine } from "@/app/projects/[projectId]/model/places";
import { remedyOf } from "@/app/projects/[projectId]/model/remedy";
import {
  dayWords,
  duration,
  momentWords,
  ordinal,
  placeWords,
  retryWords,
  secondsUntil,
} from "@/app/_ui/wording";
import { makePainted, makeQueued } from "./make-board";

const answer = { batchId: null, jobIds: [], queued: 0, skipped: [], problems: [] };
const skip = (sentenceId: string, reason: "hasPicture" | "alreadyQueued" | "locked") => ({
  sentenceId,
  reason,
});

describe("what a press of the button did", () => {
  test("nothing to do is said calmly", () => {
    const skipped = [skip("a", "hasPicture"), skip("b", "hasPicture")];
    expect(describeAnswer({ ...answer, skipped })).toEqual({
      title: "Nothing to do.",
      text: "All 2 shots have their picture.",
    });
  });

  test("with the reasons, where they differ", () => {
    const skipped = [skip("a", "hasPicture"), skip("b", "locked"), skip("c", "alreadyQueued")];
    expect(describeAnswer({ ...answer, skipped })?.text).toBe("1 already done, 1 locked, 1 in line already.");
  });

  test("what the board shows by itself needs no words", () => {
    expect(describeAnswer({ ...answer, queued: 3 })).toBeNull();
  });

  test("what was left out is told", () => {
    expect(describeAnswer({ ...answer, queued: 3, skipped: [skip("a", "locked")] })).toEqual({
      title: "3 pictures queued.",
      text: "Left out: 1 locked.",
    });
  });

  test("problems are shown elsewhere", () => {
    expect(
      describeAnswer({
        ...answer,
        problems: [
          {
            code: "missing_file",
            message: "A file is missing.",
            field: null,
            remedy: null,
            sentenceIds: ["a"],
          },
        ],
      }),
    ).toBeNull();
  });
});

describe("words", () => {
  test("a place in line is an ordinal", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(ordinal)).toEqual([
      "1st",
      "2nd",
      "3rd",
      "4th",
      "11th",
      "12th",
      "13th",
      "21st",
      "22nd",
      "101st",
      "111th",
    ]);
    expect([1, 2, null].map(placeWords)).toEqual(["next in line", "2nd in line", "in line"]);
  });

  test("a span of time is as exact as it is long", () => {
    expect([812, 6_000, 9_960, 59_000, 60_000, 80_000, 7_500_000].map(duration)).toEqual([
      "0.8 s",
      "6 s",
      "10 s",
      "59 s",
      "1 min",
      "1 min 20 s",
      "2 h 05 min",
    ]);
  });
});

describe("moments", () => {
  const at = (text: string) => new Date(text).getTime();

  test("are of today, of yesterday, or of a date", () => {
    const now = at("2026-03-29T12:00:00");
    expect(momentWords(at("2026-03-29T03:12:00"), now)).toBe("at 03:12");
    expect(momentWords(at("2026-03-28T23:59:00"), now)).toBe("yesterday at 23:59");
    expect(momentWords(at("2026-03-02T09:05:00"), now)).toBe("on 2 March at 09:05");
    expect(dayWords(at("2025-12-24T09:05:00"), now)).toContain("24 December 2025");
  });

  test("count down in whole seconds, and never below now", () => {
    expect([12_000, 11_001, 1, 0, -500].map((left) => secondsUntil(left, 0))).toEqual([12, 12, 1, 0, 0]);
    expect([250, 12, 0].map(retryWords)).toEqual([
      "trying again in 4 min 10 s",
      "trying again in 12 s",
      "trying again now",
    ]);
  });
});

test("places in line follow priority, then the board; only waiting shots have one", () => {
  const shots = [
    makeQueued("a"),
    makeQueued("b", { status: "running" }),
    makeQueued("c", { priority: 5 }),
    makePainted("d"),
    makeQueued("e"),
  ];
  expect([...placesInLine(shots)]).toEqual([
    ["c", 1],
    ["a", 2],
    ["e", 3],
  ]);
});

test("a failure that lasts shows what to do; another one is tried again", () => {
  const failure = (code: string) => ({ code, message: "", field: null, remedy: null });
  expect(remedyOf(failure("missing_file"))).toEqual({ act: "show", label: "Show missing file" });
  expect(remedyOf(failure("style_incompatible")).act).toBe("show");
  expect(remedyOf(failure("out_of_memory"))).toEqual({ act: "retry", label: "Retry" });
  expect(remedyOf(null).act).toBe("retry");
});
