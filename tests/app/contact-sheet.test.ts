import { describe, expect, test } from "vitest";
import {
  cellsOf,
  sheetWords,
  shotsForSheet,
  stepOn,
  withProofJob,
} from "@/app/projects/[projectId]/model/contact-sheet";
import type { Proof } from "@/lib/schemas/proof";
import { makeJob } from "./make-board";

const END = "2026-01-01T00:01:00.000Z";
const proof = (sentenceId: string, styleId: string, changes: Partial<Proof> = {}): Proof => ({
  sentenceId,
  styleId,
  job: makeJob({
    id: `${sentenceId}-${styleId}`,
    sentenceId,
    isProof: true,
    status: "completed",
    endedAt: END,
  }),
  take: { id: "take", url: "/media/take.png", isFitting: true, isSelected: false },
  ...changes,
});
const failure = { code: "x", message: "No.", field: null, remedy: null };
const sheet = { sentenceIds: ["a", "b"], styleIds: ["ink", "oil"] };

test("each place of a sheet shows how its proof stands, and why there is none", () => {
  const open = (status: "queued" | "running", isCancelling = false) =>
    proof("a", "ink", { job: makeJob({ isProof: true, status, isCancelling }) });
  const stateOf = (one: Proof | null) => cellsOf(sheet, one ? [one] : [])[0]![0]!.state;
  expect(stateOf(null)).toBe("missing");
  expect(stateOf(open("queued"))).toBe("queued");
  expect(stateOf(open("running"))).toBe("running");
  expect(stateOf(open("running", true))).toBe("cancelling");
  expect(stateOf(proof("a", "ink"))).toBe("done");
  expect(stateOf(proof("a", "ink", { take: { ...proof("a", "ink").take!, isFitting: false } }))).toBe(
    "changed",
  );
  const failed = proof("a", "ink", { job: makeJob({ status: "failed", error: failure, endedAt: END }) });
  expect(cellsOf(sheet, [failed])[0]![0]).toMatchObject({ state: "failed", failure });
  const refused = [{ ...failure, cells: [{ sentenceId: "b", styleId: "oil" }] }];
  expect(cellsOf(sheet, [], refused)[1]![1]).toMatchObject({ state: "failed", failure: { message: "No." } });
});

test("how far it is, is told in words", () => {
  const cells = cellsOf(sheet, [
    proof("a", "ink"),
    proof("a", "oil", { job: makeJob({ status: "queued" }), take: null }),
    proof("b", "ink", { job: makeJob({ status: "failed", endedAt: END }), take: null }),
  ]).flat();
  expect(sheetWords(cells)).toBe("1 of 4 painted · 1 in line · 1 failed");
});

describe("the arrows", () => {
  const size = { rows: 2, columns: 3 };
  test.each([
    ["ArrowRight", { row: 0, column: 1 }],
    ["ArrowDown", { row: 1, column: 0 }],
    ["ArrowUp", { row: 0, column: 0 }],
    ["ArrowLeft", { row: 0, column: 0 }],
    ["End", { row: 0, column: 2 }],
  ])("%s moves, and stops at the edge", (key, to) => {
    expect(stepOn({ row: 0, column: 0 }, key, size)).toEqual(to);
  });

  test("no other key does", () => {
    expect(stepOn({ row: 0, column: 0 }, "x", size)).toBeNull();
  });
});

test("a sheet begins with the selected shots in board order, at most twelve", () => {
  const order = Array.from({ length: 20 }, (_, index) => `s${index}`);
  expect(shotsForSheet(order, new Set(["s3", "s1"]))).toEqual(["s1", "s3"]);
  expect(shotsForSheet(order, new Set(order))).toHaveLength(12);
  expect(shotsForSheet(order, new Set())).toEqual(["s0", "s1", "s2"]);
});

test("progress moves a proof on, never back: not over its end, nor of an earlier attempt", () => {
  const running = makeJob({ id: "j", isProof: true, status: "running", attempt: 2 });
  const list = { sheet: null, items: [proof("a", "ink", { job: running })] };
  const jobAfter = (changes: Parameters<typeof makeJob>[0]) =>
    withProofJob(list, makeJob({ id: "j", status: "running", attempt: 2, ...changes })).items[0]!.job;
  expect(jobAfter({ progress: 40 }).progress).toBe(40);
  expect(jobAfter({ attempt: 1, progress: 90 })).toBe(running);
  expect(jobAfter({ id: "other" })).toBe(running);
  const ended = withProofJob(list, makeJob({ id: "j", status: "failed", attempt: 2, endedAt: END }));
  expect(withProofJob(ended, makeJob({ id: "j", status: "running", attempt: 2 }))).toBe(ended);
});
