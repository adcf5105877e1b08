import { describe, expect, test } from "vitest";
import {
  choose,
  chooseAll,
  chooseNone,
  chooseThese,
  NOTHING,
  prune,
  shownPart,
} from "@/app/projects/[projectId]/model/selection";

const order = ["a", "b", "c", "d", "e"];
const chosen = (selection: { chosen: ReadonlySet<string> }) => [...selection.chosen].toSorted();

describe("selecting shots", () => {
  test("a click chooses one and drops the others", () => {
    const one = choose(choose(NOTHING, "a", {}, order), "c", {}, order);
    expect(chosen(one)).toEqual(["c"]);
    expect(one.current).toBe("c");
  });

  test("Ctrl adds one and takes it away again", () => {
    const two = choose(choose(NOTHING, "a", {}, order), "c", { toggle: true }, order);
    expect(chosen(two)).toEqual(["a", "c"]);
    expect(chosen(choose(two, "a", { toggle: true }, order))).toEqual(["c"]);
  });

  test("Shift chooses from the anchor, and shrinks back towards it", () => {
    const from = choose(NOTHING, "b", {}, order);
    const far = choose(from, "e", { range: true }, order);
    expect(chosen(far)).toEqual(["b", "c", "d", "e"]);
    expect(chosen(choose(far, "c", { range: true }, order))).toEqual(["b", "c"]);
    expect(chosen(choose(far, "a", { range: true }, order))).toEqual(["a", "b"]);
  });

  test("Shift without an anchor in view chooses one", () => {
    const from = choose(NOTHING, "b", {}, order);
    expect(chosen(choose(from, "d", { range: true }, ["c", "d"]))).toEqual(["d"]);
  });

  test("all, none, and the keyboard stays", () => {
    const all = chooseAll(choose(NOTHING, "c", {}, order), order);
    expect(chosen(all)).toEqual(order);
    expect(chooseNone(all)).toMatchObject({ current: "c", chosen: new Set() });
  });

  test("deleted shots fall out; without one the selection is the same object", () => {
    const two = choose(choose(NOTHING, "a", {}, order), "c", { toggle: true }, order);
    expect(prune(two, () => true)).toBe(two);
    expect(prune(two, (id) => id !== "c")).toEqual({ chosen: new Set(["a"]), current: null, anchor: null });
  });

  test("what a filter hides stays chosen and is not acted upon", () => {
    const whole = chooseThese(["a", "b", "c"]);
    const part = shownPart(whole, (id) => id !== "b");
    expect(chosen(part)).toEqual(["a", "c"]);
    expect(chosen(whole)).toEqual(["a", "b", "c"]);
    expect(shownPart(whole, () => true)).toBe(whole);
  });
});
