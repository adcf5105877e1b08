import fc from "fast-check";
import { expect, it } from "vitest";

import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import { isPictureLoad } from "@/server/workflow/find-references";
import { parseWorkflow } from "@/server/workflow/parse-workflow";

import { danglingLinks, deepFrozen, shapeFor } from "./graph-shape";
import { baseAndRefiner, fluxGuided, imageToImage, sdxl, textToImage } from "./sample-graphs";

const graphs = [textToImage, imageToImage, sdxl, baseAndRefiner, fluxGuided].map((graph) =>
  deepFrozen(structuredClone(graph)),
);

const filled = fc.record({
  graph: fc.constantFrom(...graphs),
  values: fc.record({
    prompt: fc.string({ unit: "binary" }),
    negative: fc.option(fc.string()),
    seed: fc.maxSafeNat(),
    steps: fc.option(fc.integer({ min: 1, max: 150 })),
    cfg: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    width: fc.integer({ min: 1, max: 256 }).map((n) => n * 16),
    height: fc.integer({ min: 1, max: 256 }).map((n) => n * 16),
    references: fc.array(fc.stringMatching(/^storyboard\/[a-z0-9-]{1,20}\.png$/), { maxLength: 4 }),
    lora: fc.option(
      fc.record({ file: fc.string({ minLength: 1 }), strength: fc.double({ min: 0, max: 2, noNaN: true }) }),
    ),
    filenamePrefix: fc.string({ minLength: 1 }),
  }),
});

it("any fill is a whole graph with one output, the right pictures, and the values where the slots are", () => {
  fc.assert(
    fc.property(filled, ({ graph, values }) => {
      const slots = findSlots(graph);
      const result = fillWorkflow(graph, slots, values);

      expect(danglingLinks(result.graph)).toEqual([]);
      expect(parseWorkflow(JSON.stringify(result.graph))).toEqual(result.graph);
      const outputs = Object.entries(result.graph).filter(([, { class_type: type }]) =>
        /^(Save|Preview)/.test(type),
      );
      expect(outputs.map(([id]) => id)).toEqual([result.outputNodeId]);
      const pictures = Object.values(result.graph)
        .filter(isPictureLoad)
        .map(({ inputs }) => inputs["image"]);
      expect(pictures).toEqual(slots.reference ? values.references : []);

      for (const [places, value] of [
        [slots.prompt, values.prompt],
        [slots.seed, values.seed],
        [slots.width, values.width],
        [slots.height, values.height],
        ...(values.negative === null ? [] : [[slots.negative, values.negative] as const]),
        ...(values.steps === null ? [] : [[slots.steps, values.steps] as const]),
        ...(values.cfg === null ? [] : [[slots.cfg, values.cfg] as const]),
      ] as const) {
        for (const { nodeId, input } of places) expect(result.graph[nodeId]?.inputs[input]).toBe(value);
      }
    }),
    { numRuns: 500 },
  );
});

it("the slots of a filled graph are the slots of the graph it was filled from", () => {
  fc.assert(
    fc.property(filled, ({ graph, values }) => {
      const before = findSlots(graph);
      const after = findSlots(fillWorkflow(graph, before, values).graph);
      for (const name of ["prompt", "negative", "seed", "steps", "cfg", "width", "height"] as const) {
        expect(after[name]).toEqual(before[name]);
      }
      expect(after.lora).toEqual(before.lora);
      const stages = before.reference ? values.references.length : 0;
      expect(after.reference?.stages.length ?? 0).toBe(stages);
    }),
    { numRuns: 300 },
  );
});

it("filled again with the same values, a filled graph stays as it is", () => {
  fc.assert(
    fc.property(filled, ({ graph, values }) => {
      // A LoRA is put in once more each time: it cannot be told from one of the workflow's own.
      const same = { ...values, lora: null };
      const once = fillWorkflow(graph, findSlots(graph), same);
      const twice = fillWorkflow(once.graph, findSlots(once.graph), same);
      expect(shapeFor(twice.graph, twice.outputNodeId)).toEqual(shapeFor(once.graph, once.outputNodeId));
    }),
    { numRuns: 300 },
  );
});
