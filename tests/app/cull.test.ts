import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Cull,
  currentOf,
  decide,
  type Decision,
  goBack,
  goTo,
  needsEye,
  prune,
  readCull,
  readyAgain,
  startCull,
  summaryOf,
} from "@/app/projects/[projectId]/model/cull";
import type { Sentence } from "@/lib/schemas/sentence";
import { makeFailed, makePainted, makeShot } from "./make-board";

const decisions = fc.constantFrom<Decision>("kept", "again", "edited", "flagged", "skipped");

describe("a walk through shots", () => {
  test("goes on with each decision, and counts them at its end", () => {
    let cull = startCull(["a", "b", "c", "a"]);
    for (const decision of ["kept", "again", "flagged"] as const) cull = decide(cull, decision);
    expect(currentOf(cull)).toBeNull();
    expect(decide(cull, "kept")).toBe(cull);
    expect(summaryOf(cull)).toEqual({ kept: 1, again: 1, edited: 0, flagged: 1, skipped: 0, open: 0 });
  });

  test("goes back, where a decision can be another one, but is not lost by a skip", () => {
    let cull = goBack(decide(startCull(["a", "b"]), "kept"));
    expect(currentOf(cull)).toBe("a");
    expect(decide(cull, "skipped").decisions).toEqual({ a: "kept" });
    cull = decide(cull, "again");
    expect(cull.decisions).toEqual({ a: "again" });
    expect(currentOf(goBack(goBack(cull)))).toBe("a");
    expect(currentOf(goTo(cull, "a"))).toBe("a");
    expect(goTo(cull, "gone")).toBe(cull);
  });

  test("tells what was asked for anew and is ready", () => {
    let cull = startCull(["a", "b", "c"]);
    for (const decision of ["again", "kept", "edited"] as const) cull = decide(cull, decision, "old");
    const { error } = makeFailed("a");
    const shots =
      (status: Sentence["status"], selectedTakeId: string, why: Sentence["error"] = null) =>
      () => ({ status, selectedTakeId, error: why });
    expect(readyAgain(cull, shots("completed", "new"))).toEqual(["a", "c"]);
    expect(readyAgain(cull, shots("failed", "old"))).toEqual(["a", "c"]);
    // One take failed, the others were cancelled.
    expect(readyAgain(cull, shots("completed", "old", error))).toEqual(["a", "c"]);
    // Not even in line yet, or still being painted.
    expect(readyAgain(cull, shots("completed", "old"))).toEqual([]);
    expect(readyAgain(cull, shots("generating", "old"))).toEqual([]);
    expect(readyAgain(cull, () => undefined)).toEqual([]);
  });

  test("stays at its shot when others are deleted, and decides over each that is left once", () => {
    fc.assert(
      fc.property(
        fc.array(decisions, { maxLength: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.func(fc.boolean()),
        (made, count, isGone) => {
          const ids = Array.from({ length: count }, (_, index) => `s${index}`);
          const walked = made.reduce<Cull>((cull, one) => decide(cull, one), startCull(ids));
          const exists = (id: string) => !isGone(id);
          const pruned = prune(walked, exists);
          expect(pruned.queue).toEqual(ids.filter(exists));
          const current = currentOf(walked);
          if (current !== null && exists(current)) expect(currentOf(pruned)).toBe(current);
          const total = Object.values(summaryOf(pruned)).reduce((sum, one) => sum + one, 0);
          expect(total).toBe(pruned.queue.length);
        },
      ),
    );
  });

  test("is the same after a reload, and nothing where something else was kept", () => {
    const cull = decide(startCull(["a", "b"]), "kept");
    expect(readCull(JSON.stringify(cull))).toEqual(cull);
    for (const text of [null, "", "{", "[]", "7", '{"queue":[],"at":0,"decisions":{}}'])
      expect(readCull(text)).toBeNull();
  });
});

test("changed, failed and flagged shots need an eye", () => {
  expect(needsEye(makePainted("a"))).toBe(false);
  expect(needsEye(makePainted("a", { isImageDirty: true }))).toBe(true);
  expect(needsEye(makePainted("a", { isFlagged: true }))).toBe(true);
  expect(needsEye(makeShot("a", { status: "failed" }))).toBe(true);
  expect(needsEye(makeShot("a"))).toBe(false);
});

test("a shot one of whose takes failed needs an eye, once nothing is open of it any more", () => {
  const error = { code: "node_error", message: "No file.", field: null, remedy: null };
  expect(needsEye(makePainted("a", { error }))).toBe(true);
  expect(needsEye(makePainted("a", { error, status: "generating" }))).toBe(false);
});
