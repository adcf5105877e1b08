import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestNames } from "@/lib/nearest-names";

test("the names most like it come first, whatever their folder, ending, case and separators", () => {
  const there = ["other.ckpt", "flux/FLUX1 Dev fp8.sft", "vae/ae.safetensors", "flux1-schnell.safetensors"];
  expect(nearestNames("flux1-dev-fp8.safetensors", there)[0]).toBe("flux/FLUX1 Dev fp8.sft");
  expect(nearestNames("flux1-dev-fp8.safetensors", there)).not.toContain("other.ckpt");
});

test("a name that is like none of them, or no names at all, comes to nothing", () => {
  expect(nearestNames("zzz.safetensors", ["abc.safetensors"])).toEqual([]);
  expect(nearestNames("abc.safetensors", [])).toEqual([]);
});

test("for any names: only such as are there, each once, at most as many as asked for, itself the first", () => {
  const name = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z]{3,12}$/),
      fc.uniqueArray(name),
      fc.integer({ min: 1, max: 6 }),
      (it, others, most) => {
        const names = [...new Set([...others, it])];
        const found = nearestNames(it, names, most);
        expect(found.length).toBeLessThanOrEqual(most);
        expect(new Set(found).size).toBe(found.length);
        for (const one of found) expect(names).toContain(one);
        expect(nearestNames(it, [it, "unlike.bin"], 1)).toEqual([it]);
      },
    ),
  );
});
