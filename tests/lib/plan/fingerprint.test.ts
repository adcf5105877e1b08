import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint } from "@/lib/plan/fingerprint";
import type { Plan } from "@/lib/plan/plan";

const plan: Plan = {
  modelId: "klein",
  modelName: "Klein",
  workflowFile: "workflows/image/klein.json",
  workflowHash: "abc",
  prompt: "film noir, a quiet harbour",
  negativePrompt: "text",
  styleId: "noir",
  lora: { file: "noir.safetensors", strength: 0.9 },
  references: [
    { characterId: "mira", imageId: "mira-1" },
    { characterId: "jonas", imageId: "jonas-1" },
  ],
  width: 1920,
  height: 1088,
  seed: 7,
  steps: 20,
  cfg: 5,
};

describe("a fingerprint", () => {
  test("is 32 hexadecimal digits, the same in every run", () => {
    expect(fingerprint(plan)).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprint(structuredClone(plan))).toBe(fingerprint(plan));
  });

  test("does not depend on seed, steps, cfg, names and ids that change no pixel", () => {
    const number = fc.option(fc.nat());
    fc.assert(
      fc.property(number, number, number, fc.string(), (seed, steps, cfg, name) => {
        const other = {
          ...plan,
          seed,
          steps,
          cfg,
          modelName: name,
          modelId: name,
          styleId: name,
          workflowFile: name,
        };
        expect(fingerprint(other)).toBe(fingerprint(plan));
      }),
    );
  });

  test.each<[string, Partial<Plan>]>([
    ["the prompt", { prompt: "film noir, a busy harbour" }],
    ["the negative prompt", { negativePrompt: null }],
    ["the workflow", { workflowHash: "abd" }],
    ["the LoRA's file", { lora: { file: "other.safetensors", strength: 0.9 } }],
    ["the LoRA's strength", { lora: { file: "noir.safetensors", strength: 1 } }],
    ["no LoRA", { lora: null }],
    ["the width", { width: 1280 }],
    ["the height", { height: 720 }],
    ["a reference less", { references: plan.references.slice(0, 1) }],
    ["the order of references", { references: plan.references.toReversed() }],
    [
      "another picture of a character",
      { references: [{ characterId: "mira", imageId: "mira-2" }, plan.references[1]!] },
    ],
  ])("changes with %s", (_, change) => {
    expect(fingerprint({ ...plan, ...change })).not.toBe(fingerprint(plan));
  });

  test("tells prompts apart that differ in one character only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        fc.pre(a !== b);
        expect(fingerprint({ ...plan, prompt: a })).not.toBe(fingerprint({ ...plan, prompt: b }));
      }),
    );
  });
});
