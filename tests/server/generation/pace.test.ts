import fc from "fast-check";
import { expect, test } from "vitest";
import { Paces, type PastPicture } from "@/server/generation/pace";

const HOUR = 3_600_000;
const work = { workflowHash: "klein", width: 1920, height: 1088, steps: 4 };

/** Pictures that one lane made one after the other, each for so many ms, from 0 on. */
function made(times: readonly number[], more: Partial<PastPicture> = {}, from = 0): PastPicture[] {
  let at = from;
  return times.map((ms) => {
    const startedAt = at;
    at += ms;
    return { ...work, modelId: "klein", lane: "one", startedAt, endedAt: at, ...more };
  });
}

test("a picture takes as long as the middle one of those that were made", () => {
  const paces = new Paces(made([9_000, 4_000, 4_000, 5_000, 60_000]), HOUR * 5);
  expect(paces.of(work)).toBe(4_500);
  expect(paces.ofModel("klein")).toBe(4_500);
  expect(paces.any).toBe(4_500);
});

test("the first picture of a model carries its load, which counts once more where the model is not loaded", () => {
  const past = made([24_000, 4_000, 4_000]);
  expect(new Paces(past, HOUR * 5).loadOf("klein")).toBe(20_000);
  expect(new Paces(past, 40_000).loadOf("klein")).toBe(0);
  expect(new Paces(past, HOUR).loadOf("never seen")).toBe(0);
  // Another model came between: loaded again, as seen by the pictures after it.
  const between = made([30_000], { workflowHash: "flux", modelId: "flux" }, 32_000);
  const again = made([26_000, 4_000], {}, 62_000);
  expect(new Paces([...past, ...between, ...again], 100_000).loadOf("klein")).toBe(0);
  expect(new Paces([...past, ...between, ...again], HOUR * 5).loadOf("klein")).toBe(21_000);
});

test("time that a lane stood idle, or a job waited behind another, is nobody's", () => {
  const first = made([4_000, 4_000]);
  const afterLunch = made([4_000], {}, 600_000);
  // Taken up long before its lane was free.
  const waited = made([4_000], {}, 604_000).map((one) => ({ ...one, startedAt: 1_000 }));
  expect(new Paces([...first, ...afterLunch, ...waited], HOUR).of(work)).toBe(4_000);
});

test("another size or number of steps is taken in proportion to the closest that was made", () => {
  const paces = new Paces(made([9_000, 4_000, 4_000]), HOUR * 5);
  expect(paces.of({ ...work, width: 960 })).toBe(2_000);
  expect(paces.of({ ...work, steps: 8 })).toBe(8_000);
  // The workflow's own steps are not known: pixels alone.
  expect(paces.of({ ...work, steps: null })).toBe(4_000);
});

test("a model that made nothing here has no pace", () => {
  const paces = new Paces(made([4_000]), HOUR);
  expect(paces.of({ ...work, workflowHash: "new" })).toBeNull();
  expect(paces.ofModel("new")).toBeNull();
  expect(new Paces([], 0).any).toBeNull();
});

test("whatever was made, a pace is a time that some picture took, or nothing", () => {
  const past = fc.array(
    fc.record({
      workflowHash: fc.constantFrom("a", "b"),
      modelId: fc.constantFrom("a", null),
      width: fc.constant(1024),
      height: fc.constant(576),
      steps: fc.constantFrom(4, null),
      lane: fc.constantFrom("one", "two"),
      startedAt: fc.nat(1_000_000),
      endedAt: fc.nat(2_000_000),
    }),
  );
  fc.assert(
    fc.property(past, fc.nat(3_000_000), (some, now) => {
      const paces = new Paces(some, now);
      for (const workflowHash of ["a", "b"]) {
        const pace = paces.of({ ...work, width: 1024, height: 576, workflowHash, steps: 4 });
        const isKnown = some.some((one) => one.workflowHash === workflowHash);
        expect(pace !== null).toBe(isKnown);
        if (pace !== null) expect(pace).toBeGreaterThanOrEqual(0);
        if (pace !== null) expect(pace).toBeLessThanOrEqual(2_000_000);
        expect(paces.loadOf(workflowHash)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
