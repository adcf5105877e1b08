import { describe, expect, test } from "vitest";
import { UndoStack } from "@/app/projects/[projectId]/live/undo";
import { checked, valuesBefore } from "@/app/projects/[projectId]/live/undo-update";
import { makeProject, makeShot } from "./make-board";

const counting = (log: string[], name: string) => ({
  label: name,
  undo: async () => void log.push(`-${name}`),
  redo: async () => void log.push(`+${name}`),
});

describe("what was done on a board", () => {
  test("is taken back from the last on, and done again in turn", async () => {
    const log: string[] = [];
    const stack = new UndoStack();
    stack.push(counting(log, "a"));
    stack.push(counting(log, "b"));
    await stack.undo();
    await stack.undo();
    expect(await stack.undo()).toBeNull();
    await stack.redo();
    expect(log).toEqual(["-b", "-a", "+a"]);
  });

  test("cannot be done again once something else was done", async () => {
    const log: string[] = [];
    const stack = new UndoStack();
    stack.push(counting(log, "a"));
    await stack.undo();
    stack.push(counting(log, "b"));
    expect(await stack.redo()).toBeNull();
    expect(log).toEqual(["-a"]);
  });

  test("is taken back as soon as it is done, where that is asked for before", async () => {
    const log: string[] = [];
    const slow = Promise.withResolvers<void>();
    const stack = new UndoStack();
    stack.push(counting(log, "a"));
    const doing = stack.run({
      ...counting(log, "b"),
      redo: () => slow.promise.then(() => void log.push("+b")),
    });
    const undoing = stack.undo();
    slow.resolve();
    await Promise.all([doing, undoing]);
    expect(log).toEqual(["+b", "-b"]);
  });

  test("is taken back in the order in which it was begun, though a later change is stored sooner", async () => {
    const log: string[] = [];
    const slow = Promise.withResolvers<void>();
    const stack = new UndoStack();
    const doing = stack.run({
      ...counting(log, "a"),
      redo: () => slow.promise.then(() => void log.push("+a")),
    });
    stack.push(counting(log, "b"));
    slow.resolve();
    await doing;
    await stack.undo();
    expect(log).toEqual(["+a", "-b"]);
  });

  test("is taken back by its message only while it is the last", async () => {
    const log: string[] = [];
    const stack = new UndoStack();
    const [a, b] = [counting(log, "a"), counting(log, "b")];
    stack.push(a);
    stack.push(b);
    expect(await stack.undo(a)).toBeNull();
    expect(await stack.undo(b)).toBe(b);
    expect(await stack.undo(a)).toBe(a);
  });

  test("and cannot be taken back any more does not stand in the way of what was done before", async () => {
    const log: string[] = [];
    const stack = new UndoStack();
    stack.push(counting(log, "a"));
    stack.push({ label: "b", undo: () => Promise.reject(new Error("changed")), redo: async () => {} });
    await expect(stack.undo()).rejects.toThrow("changed");
    await stack.undo();
    expect(log).toEqual(["-a"]);
  });

  test("is taken back one step after the other, however fast it is asked for", async () => {
    const log: string[] = [];
    const stack = new UndoStack();
    const slow = Promise.withResolvers<void>();
    stack.push(counting(log, "a"));
    stack.push({ ...counting(log, "b"), undo: () => slow.promise.then(() => void log.push("-b")) });
    const both = Promise.all([stack.undo(), stack.undo()]);
    slow.resolve();
    await both;
    expect(log).toEqual(["-b", "-a"]);
  });
});

describe("changed fields of shots", () => {
  const project = makeProject([makeShot("a", { isLocked: true, seed: 7 }), makeShot("b")]);

  test("go back to what they said", () => {
    expect(
      valuesBefore(project, [
        { sentenceId: "a", isLocked: false, seed: null },
        { sentenceId: "b", isFlagged: true },
      ]),
    ).toEqual([
      { sentenceId: "a", isLocked: true, seed: 7 },
      { sentenceId: "b", isFlagged: false },
    ]);
  });

  test("stay where somebody changed them since, or their shot is gone", () => {
    const before = [{ sentenceId: "a", isLocked: false }];
    expect(checked(project, before, [{ sentenceId: "a", isLocked: true }])).toEqual(before);
    expect(() => checked(project, before, [{ sentenceId: "a", seed: 8 }])).toThrow("stays as it is");
    expect(() => checked(project, before, [{ sentenceId: "gone", isLocked: true }])).toThrow(
      "stays as it is",
    );
  });
});
