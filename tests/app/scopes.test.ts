import { describe, expect, test } from "vitest";
import { primaryScope, scopesOf } from "@/app/projects/[projectId]/model/scopes";
import { makePainted, makeQueued, makeShot } from "./make-board";

const nothing = new Set<string>();

describe("the primary button", () => {
  test("offers the missing pictures first, and neither open nor locked shots", () => {
    const shots = [
      makeShot("a"),
      makeQueued("b"),
      makeShot("c", { isLocked: true }),
      makePainted("d", { isImageDirty: true }),
    ];
    expect(primaryScope(shots, nothing)).toEqual({
      label: "Generate 1 missing",
      sentenceIds: ["a"],
      force: false,
      isRetry: false,
      leftOut: { locked: 1, inLine: 1 },
    });
  });

  test("then what changed, then what failed", () => {
    const changed = makePainted("a", { isImageDirty: true });
    const failed = makePainted("b", { status: "failed" });
    expect(primaryScope([changed, failed], nothing).label).toBe("Generate 1 changed");
    expect(primaryScope([failed], nothing)).toMatchObject({
      label: "Retry 1 failed",
      isRetry: true,
      sentenceIds: ["b"],
    });
  });

  test("asks for the whole project where nothing is to do, so that the answer can say so", () => {
    expect(primaryScope([makePainted("a")], nothing)).toEqual({
      label: "Generate missing",
      sentenceIds: undefined,
      force: false,
      isRetry: false,
      leftOut: { locked: 0, inLine: 0 },
    });
  });

  test("follows the selection", () => {
    const shots = [makeShot("a"), makeShot("b"), makePainted("c")];
    expect(primaryScope(shots, new Set(["b", "c"]))).toMatchObject({
      label: "Generate 1 selected",
      sentenceIds: ["b"],
      force: false,
    });
    expect(primaryScope(shots, new Set(["c"]))).toMatchObject({
      label: "Paint 1 shot again",
      sentenceIds: ["c"],
      force: true,
    });
  });

  test("forces a selected shot that failed over a clean old picture", () => {
    expect(primaryScope([makePainted("a", { status: "failed" })], new Set(["a"]))).toMatchObject({
      sentenceIds: ["a"],
      force: true,
    });
  });

  test("asks for a selection of open shots too, and lets the queue say that they are in line", () => {
    expect(primaryScope([makeQueued("a")], new Set(["a"]))).toMatchObject({
      label: "Generate 1 selected",
      sentenceIds: ["a"],
      force: false,
    });
  });
});

test("what is needed is missing, changed or failed", () => {
  const shots = [
    makeShot("a"),
    makePainted("b"),
    makePainted("c", { isImageDirty: true }),
    makePainted("d", { status: "failed" }),
    makeQueued("e"),
  ];
  expect(scopesOf(shots)).toEqual({
    missing: ["a"],
    changed: ["c"],
    failed: ["d"],
    needed: ["a", "c", "d"],
    all: ["a", "b", "c", "d"],
    keepable: ["c", "d"],
  });
});
