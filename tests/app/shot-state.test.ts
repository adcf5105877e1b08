import { expect, test } from "vitest";
import { hasFailure, shotState } from "@/app/projects/[projectId]/model/shot-state";
import { makeFailed, makePainted, makeQueued, makeShot } from "./make-board";

test.each([
  ["a shot without a picture is missing", makeShot("s1"), "missing"],
  [
    "a new shot is missing and not dirty, although its flag is set",
    makeShot("s1", { isImageDirty: true }),
    "missing",
  ],
  ["a shot with a clean picture is done", makePainted("s1"), "done"],
  ["a shot whose inputs changed is dirty", makePainted("s1", { isImageDirty: true }), "dirty"],
  [
    "a failed shot is failed with and without an old picture",
    makePainted("s1", { status: "failed" }),
    "failed",
  ],
  [
    "a shot that was cancelled after a take of it failed, and has no picture, tells that it failed",
    makeFailed("s1", { status: "pending" }),
    "failed",
  ],
  ["a shot in the line is queued", makeQueued("s1"), "queued"],
  ["a shot whose job is not known yet is queued", makeShot("s1", { status: "generating" }), "queued"],
  ["a shot being painted is running", makeQueued("s1", { status: "running" }), "running"],
  [
    "a shot being stopped is cancelling",
    makeQueued("s1", { status: "running", isCancelling: true }),
    "cancelling",
  ],
] as const)("%s", (_, shot, state) => {
  expect(shotState(shot)).toBe(state);
});

test("a shot has a failure to be seen to when it failed, or a take beside its picture did, and nothing is open of it", () => {
  const error = { code: "node_error", message: "No file.", field: null, remedy: null };
  expect(hasFailure(makeFailed("a"))).toBe(true);
  expect(hasFailure(makePainted("a", { error }))).toBe(true);
  expect(hasFailure(makeQueued("a", {}, { error }))).toBe(false);
  expect(hasFailure(makeShot("a", { error }))).toBe(true);
  expect(hasFailure(makePainted("a"))).toBe(false);
});
