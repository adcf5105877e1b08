import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonMember, WholeBody, type BodyCollector } from "@/server/comfyui/body-collector";

const LARGE = 1024 * 1024;

/** Feeds a body in pieces of these lengths, over and over; answers what is left of it. */
function collect(collector: BodyCollector, body: Buffer, lengths: readonly number[]): Buffer {
  for (let at = 0, n = 0; at < body.length; n += 1) {
    const length = lengths[n % lengths.length]!;
    collector.add(body.subarray(at, at + length));
    at += length;
  }
  return Buffer.from(collector.take());
}

const lengths = fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 5 });
const name = fc.oneof(fc.constant("KSampler"), fc.string(), fc.string({ unit: "grapheme" }));

test("of a large JSON object the wanted member is kept, whatever stands before and after it and however it is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, fc.jsonValue()), { maxLength: 6 }),
      fc.array(fc.tuple(name, fc.jsonValue()), { maxLength: 6 }),
      name,
      lengths,
      fc.boolean(),
      (before, after, wanted, cuts, isPretty) => {
        const object = Object.fromEntries([
          ...before,
          ["filler", ['}"{', "\\", '\\"', "x".repeat(LARGE)]],
          ...after,
        ]) as Record<string, unknown>;
        const body = Buffer.from(JSON.stringify(object, null, isPretty ? 2 : 0));
        const kept = JSON.parse(collect(new JsonMember(wanted), body, cuts).toString()) as object;
        const expected = Object.hasOwn(object, wanted) ? { [wanted]: object[wanted] } : {};
        expect(kept).toEqual(JSON.parse(JSON.stringify(expected)));
      },
    ),
    { numRuns: 60 },
  );
});

test("a small body is kept as it is, JSON or not", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), lengths, (bytes, cuts) => {
      for (const collector of [new JsonMember("KSampler"), new WholeBody()])
        expect(collect(collector, Buffer.from(bytes), cuts)).toEqual(Buffer.from(bytes));
    }),
  );
});

test("of 50 MB of node classes it holds one", () => {
  const member = new JsonMember("KSampler");
  const filler = Buffer.from(`"Filler":${JSON.stringify({ input: "x".repeat(64_000) })},`);
  let held = member.add(Buffer.from("{"));
  for (let sent = 0; sent < 50 * LARGE; sent += filler.length) held = Math.max(held, member.add(filler));
  member.add(Buffer.from('"KSampler":{"input":{}}}'));
  expect(held).toBeLessThanOrEqual(LARGE);
  expect(member.take().toString()).toBe('{"KSampler":{"input":{}}}');
});
