import { expect, it } from "vitest";

import type { Graph } from "@/server/workflow/graph";
import { hashWorkflow } from "@/server/workflow/hash-workflow";

import { at } from "./graph-shape";
import { node, sdxl } from "./sample-graphs";

const hash = hashWorkflow(sdxl);

it("is 64 hexadecimal digits", () => {
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

it("does not count titles, nor the order of nodes and inputs", () => {
  const reversed: Graph = Object.fromEntries(
    Object.entries(sdxl)
      .toReversed()
      .map(([id, { class_type: type, inputs }]) => [
        id,
        node(type, Object.fromEntries(Object.entries(inputs).toReversed()), `Title of ${id}`),
      ]),
  );
  expect(hashWorkflow(reversed)).toBe(hash);
});

it.each<[string, Graph]>([
  ["a value", { ...sdxl, pos: node("CLIPTextEncode", { ...at(sdxl, "pos").inputs, text: "another" }) }],
  ["a class", { ...sdxl, save: node("PreviewImage", at(sdxl, "save").inputs) }],
  ["a link", { ...sdxl, sampler: node("KSampler", { ...at(sdxl, "sampler").inputs, negative: ["pos", 0] }) }],
  ["a node", { ...sdxl, more: node("PreviewImage", { images: ["decode", 0] }) }],
  [
    "a number in place of a text",
    { ...sdxl, save: node("SaveImage", { ...at(sdxl, "save").inputs, filename_prefix: 1 }) },
  ],
])("counts %s", (_what, changed) => {
  expect(hashWorkflow(changed)).not.toBe(hash);
});

it("tells a node called __proto__ from none", () => {
  const text = JSON.stringify(sdxl);
  const withProto = JSON.parse(
    `${text.slice(0, -1)}, "__proto__": {"class_type": "A", "inputs": {}}}`,
  ) as Graph;
  expect(hashWorkflow(withProto)).not.toBe(hash);
});
