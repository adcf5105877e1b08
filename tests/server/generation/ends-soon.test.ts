import { expect, test } from "vitest";
import { endsSoon } from "@/server/generation/ends-soon";

test.each([
  { what: "nothing is done yet", percent: 0, elapsedMs: 10_000, is: false },
  { what: "the first nodes went by in a moment", percent: 20, elapsedMs: 100, is: false },
  { what: "half is done and the rest takes a second", percent: 50, elapsedMs: 1_000, is: true },
  { what: "half is done and the rest takes ten seconds", percent: 50, elapsedMs: 10_000, is: false },
  { what: "the last tenth takes two seconds", percent: 90, elapsedMs: 18_000, is: true },
  { what: "the last tenth takes three seconds", percent: 90, elapsedMs: 27_000, is: false },
])("a prompt of which $what ends soon: $is", ({ percent, elapsedMs, is }) => {
  expect(endsSoon(percent, elapsedMs)).toBe(is);
});
