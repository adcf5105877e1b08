import { describe, expect, test, vi } from "vitest";
import { Drafts, Overtaken, type SaveText } from "@/app/projects/[projectId]/live/drafts";

const problem = { message: "It could not be stored.", field: null, remedy: null, reason: "test" };
const makeDrafts = () => new Drafts(() => problem);

describe("texts being typed", () => {
  test("are stored after a pause, once, as they are then", async () => {
    vi.useFakeTimers();
    const stored: string[] = [];
    const drafts = makeDrafts();
    const save = async (text: string) => void stored.push(text);
    drafts.type("a", "One", "", save);
    drafts.type("a", "One two", "", save);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    expect(stored).toEqual(["One two"]);
    expect(drafts.hasAny).toBe(false);
  });

  test("that are on their way are waited for by who needs them stored", async () => {
    const first = Promise.withResolvers<void>();
    const drafts = makeDrafts();
    drafts.type("a", "One", "", () => first.promise);
    void drafts.store("a");
    let isStored = false;
    const all = drafts.storeAll().then(() => (isStored = true));
    await Promise.resolve();
    expect(isStored).toBe(false);
    first.resolve();
    await all;
    expect(drafts.hasAny).toBe(false);
  });

  test("keep what was stored when typing began as their base", async () => {
    const bases: string[] = [];
    const drafts = makeDrafts();
    const save = async (_: string, base: string) => void bases.push(base);
    drafts.type("a", "Mine", "Stored at first", save);
    drafts.type("a", "Mine too", "Stored meanwhile by somebody", save);
    await drafts.store("a");
    expect(bases).toEqual(["Stored at first"]);
  });

  test("typed while an earlier state is being stored are stored after it, on top of it", async () => {
    const calls: [string, string][] = [];
    const first = Promise.withResolvers<void>();
    const drafts = makeDrafts();
    const save = async (text: string, base: string) => {
      calls.push([text, base]);
      if (calls.length === 1) await first.promise;
    };
    drafts.type("a", "One", "", save);
    const storing = drafts.store("a");
    drafts.type("a", "One two", "One", save);
    first.resolve();
    await storing;
    expect(calls).toEqual([
      ["One", ""],
      ["One two", "One"],
    ]);
    expect(drafts.get("a")).toBeNull();
  });

  test("that could not be stored stay, say why, and can be stored again", async () => {
    const drafts = makeDrafts();
    let isDown = true;
    drafts.type("a", "Mine", "", async () => {
      if (isDown) throw new Error("down");
    });
    await drafts.store("a");
    expect(drafts.get("a")).toMatchObject({ text: "Mine", phase: "failed", problem });
    isDown = false;
    await drafts.store("a");
    expect(drafts.get("a")).toBeNull();
  });

  test("that somebody overtook wait for a decision, and store over the other's text only then", async () => {
    const calls: [string, string][] = [];
    const drafts = makeDrafts();
    const save = async (text: string, base: string) => {
      calls.push([text, base]);
      if (base !== "Theirs") throw new Overtaken("Theirs");
    };
    drafts.type("a", "Mine", "Base", save);
    await drafts.store("a");
    await drafts.store("a");
    expect(calls).toHaveLength(1);
    expect(drafts.get("a")).toMatchObject({ text: "Mine", phase: "conflict", theirs: "Theirs" });
    await drafts.keepMine("a");
    expect(calls[1]).toEqual(["Mine", "Theirs"]);
    expect(drafts.get("a")).toBeNull();
  });

  test("that say again what is stored are not stored", async () => {
    const save = vi.fn<SaveText>(async () => {});
    const drafts = makeDrafts();
    drafts.type("a", "Other", "Same", save);
    drafts.type("a", "Same", "Same", save);
    await drafts.store("a");
    expect(save).not.toHaveBeenCalled();
    expect(drafts.hasAny).toBe(false);
  });
});
