import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longer, StallLimits, type Quiet } from "@/server/comfyui/stall-limits";
import { defaultTimings } from "@/server/comfyui/timings";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Limits that have seen these silences. */
function after(quiet: Quiet): StallLimits {
  const limits = new StallLimits(defaultTimings);
  limits.remember(quiet);
  return limits;
}

describe("how long a server may be silent about a running prompt", () => {
  test("is 10 min of sampling and 20 min of loading where nothing is known of it", () => {
    const limits = new StallLimits(defaultTimings);
    expect(limits.limit("sampling", 0)).toBe(10 * MINUTE);
    expect(limits.limit("loading", 0)).toBe(20 * MINUTE);
  });

  test("is six times the longest silence that was seen, each for itself", () => {
    const limits = after({ sampling: 40 * SECOND, loading: 90 * SECOND });
    expect(limits.limit("sampling", 0)).toBe(4 * MINUTE);
    expect(limits.limit("loading", 0)).toBe(9 * MINUTE);
    expect(after({ loading: 90 * SECOND }).limit("sampling", 0)).toBe(10 * MINUTE);
  });

  test("is never under 2 min of sampling and 5 min of loading, however quick it was", () => {
    const limits = after({ sampling: 100, loading: 100 });
    expect(limits.limit("sampling", 0)).toBe(2 * MINUTE);
    expect(limits.limit("loading", 0)).toBe(5 * MINUTE);
  });

  test("is an hour where the socket cannot tell, whatever was learned", () => {
    expect(after({ sampling: 100, loading: 100 }).limit("deaf", 0)).toBe(HOUR);
  });

  test("lets a machine whose step takes 12 min come through at the second attempt, and at the first from then on", () => {
    const limits = after({ sampling: 500, loading: 500 });
    expect(limits.limit("sampling", 0)).toBeLessThan(12 * MINUTE);
    expect(limits.limit("sampling", 1)).toBeGreaterThan(12 * MINUTE);
    limits.learn({ sampling: 12 * MINUTE }, 1);
    expect(limits.limit("sampling", 0)).toBeGreaterThan(12 * MINUTE);
  });

  test("is told when it has grown, all that is known at once, and only then", () => {
    const told: Quiet[] = [];
    const limits = new StallLimits(defaultTimings, (quiet) => told.push(quiet));
    limits.remember({ loading: 3 * SECOND });
    for (const sampling of [2_000, 1_000, 2_000, 3_000]) limits.learn({ sampling, loading: 500 }, 0);
    expect(told).toEqual([
      { loading: 3_000, sampling: 2_000 },
      { loading: 3_000, sampling: 3_000 },
    ]);
  });

  test("does not grow by a night in which the machine slept", () => {
    const limits = new StallLimits(defaultTimings);
    limits.learn({ sampling: 8 * HOUR, loading: 8 * HOUR }, 0);
    expect(limits.limit("sampling", 0)).toBe(10 * MINUTE);
  });
});

const silence = fc.integer({ min: 0, max: 2 * HOUR });
const quiet = fc.record({ loading: silence, sampling: silence }, { requiredKeys: [] });
const phase = fc.constantFrom("loading" as const, "sampling" as const);

test("whatever was seen, the limit never falls under the floor or twice a silence that ended well, nor rises over an hour without need", () => {
  fc.assert(
    fc.property(fc.array(quiet, { maxLength: 8 }), phase, fc.nat(6), (runs, which, stalls) => {
      const limits = new StallLimits(defaultTimings);
      for (const run of runs) limits.remember(run);
      const seen = Math.max(0, ...runs.map((run) => run[which] ?? 0));
      const limit = limits.limit(which, stalls);
      const least = which === "loading" ? 5 * MINUTE : 2 * MINUTE;
      expect(limit).toBeGreaterThanOrEqual(Math.max(least, 2 * seen));
      expect(limit).toBeLessThanOrEqual(Math.max(HOUR, 2 * seen) * 2 ** stalls);
    }),
  );
});

test("more silence and more attempts never make it shorter, and each attempt after a stall has at least twice the time", () => {
  fc.assert(
    fc.property(quiet, quiet, phase, fc.nat(6), (before, more, which, stalls) => {
      const [fewer, all] = [after(before), after(longer(before, more))];
      if (before[which] !== undefined)
        expect(all.limit(which, stalls)).toBeGreaterThanOrEqual(fewer.limit(which, stalls));
      expect(all.limit(which, stalls + 1)).toBeGreaterThanOrEqual(2 * all.limit(which, stalls));
      expect(all.limit("deaf", stalls + 1)).toBe(2 * all.limit("deaf", stalls));
    }),
  );
});

test("what is learned is never less than what was remembered, in whatever order it came", () => {
  fc.assert(
    fc.property(fc.array(quiet, { minLength: 1, maxLength: 8 }), (runs) => {
      const [forth, back] = [runs, runs.toReversed()].map((some) => some.reduce(longer, {}));
      expect(forth).toEqual(back);
      for (const run of runs) expect(longer(forth!, run)).toEqual(forth);
    }),
  );
});
