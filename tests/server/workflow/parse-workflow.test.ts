import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findSlots } from "@/server/workflow/find-slots";
import { MAX_WORKFLOW_BYTES, parseWorkflow } from "@/server/workflow/parse-workflow";
import { WorkflowError } from "@/server/workflow/workflow-error";

import { sdxl } from "./sample-graphs";

function refusal(text: string): WorkflowError {
  try {
    parseWorkflow(text);
  } catch (error) {
    if (error instanceof WorkflowError) return error;
    throw error;
  }
  throw new Error("The workflow was accepted.");
}

describe("parsing a workflow", () => {
  it("keeps ids, classes, inputs and titles", () => {
    expect(parseWorkflow(JSON.stringify(sdxl))).toEqual(sdxl);
  });

  it("accepts a byte order mark in front", () => {
    expect(parseWorkflow(`\uFEFF${JSON.stringify(sdxl)}`)).toEqual(sdxl);
  });

  it.each(["", "not json", "{", '{"1": }'])("refuses %j as not JSON", (text) => {
    expect(refusal(text)).toMatchObject({
      code: "workflow_not_json",
      remedy: expect.stringContaining("export"),
    });
  });

  it.each([
    "[]",
    "null",
    "7",
    '"text"',
    "{}",
    '{"1": 5}',
    '{"1": {"inputs": {}}}',
    '{"1": {"class_type": "A"}}',
  ])("refuses %s as not in API format", (text) => {
    expect(refusal(text).code).toBe("workflow_not_api_format");
  });

  it("tells the editor's format apart and says how to export the API format", () => {
    const error = refusal(JSON.stringify({ nodes: [{ id: 1, type: "KSampler" }], links: [], version: 0.4 }));
    expect(error.code).toBe("workflow_not_api_format");
    expect(error.message).toContain("editor saves");
    expect(error.remedy).toContain("API format");
  });

  it("refuses more than 10 MB before reading it", () => {
    expect(refusal(" ".repeat(MAX_WORKFLOW_BYTES + 1)).code).toBe("workflow_too_large");
  });

  it("refuses more than 5,000 nodes", () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_001 }, (_, i) => [i, { class_type: "A", inputs: {} }]),
    );
    expect(refusal(JSON.stringify(many)).code).toBe("workflow_too_large");
  });

  it("refuses a link to nowhere and names the place", () => {
    const broken = {
      ...sdxl,
      decode: { class_type: "VAEDecode", inputs: { samples: ["gone", 0], vae: ["ckpt", 2] } },
    };
    expect(refusal(JSON.stringify(broken))).toMatchObject({
      code: "workflow_broken_link",
      field: "decode.inputs.samples",
      message: expect.stringContaining("node gone"),
    });
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "does not take an object's own %s for a node that a link may lead to",
    (id) => {
      const text = JSON.stringify({ a: { class_type: "A", inputs: { x: [id, 0] } } });
      expect(refusal(text)).toMatchObject({ code: "workflow_broken_link", field: "a.inputs.x" });
    },
  );

  it("takes a node called __proto__ as a node like any other", () => {
    const text = JSON.stringify(sdxl).replaceAll('"latent"', '"__proto__"');
    const graph = parseWorkflow(text);
    expect(Object.keys(graph)).toContain("__proto__");
    expect(Object.getPrototypeOf(graph)).toBe(Object.prototype);
    expect(findSlots(graph).width).toMatchObject([{ nodeId: "__proto__", input: "width" }]);
  });

  it("refuses a cycle and names a link of it", () => {
    const circle = {
      a: { class_type: "A", inputs: { x: ["b", 0] } },
      b: { class_type: "B", inputs: { y: ["c", 0] } },
      c: { class_type: "C", inputs: { z: ["a", 0] } },
    };
    expect(refusal(JSON.stringify(circle))).toMatchObject({ code: "workflow_cycle", field: "c.inputs.z" });
    expect(refusal('{"a": {"class_type": "A", "inputs": {"x": ["a", 0]}}}').code).toBe("workflow_cycle");
  });

  it("takes nodes that are used twice for what they are, not for a cycle", () => {
    const diamond = {
      top: { class_type: "A", inputs: {} },
      left: { class_type: "A", inputs: { x: ["top", 0] } },
      right: { class_type: "A", inputs: { x: ["top", 0], y: ["left", 0] } },
      end: { class_type: "A", inputs: { x: ["left", 0], y: ["right", 0] } },
    };
    expect(parseWorkflow(JSON.stringify(diamond))).toEqual(diamond);
  });

  it("reads a chain of 5,000 nodes", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [
        `n${i}`,
        { class_type: "A", inputs: i === 4_999 ? {} : { x: [`n${i + 1}`, 0] } },
      ]),
    );
    expect(Object.keys(parseWorkflow(JSON.stringify(chain)))).toHaveLength(5_000);
  });

  it("refuses values that are nested without end", () => {
    const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
    expect(refusal(`{"a": {"class_type": "A", "inputs": {"x": ${deep}}}}`)).toMatchObject({
      code: "workflow_not_api_format",
      field: "a.inputs.x",
    });
  });

  it("answers any JSON with a graph or a WorkflowError", () => {
    const id = fc.constantFrom("1", "2", "__proto__", "constructor");
    const input = fc.oneof(fc.jsonValue(), fc.tuple(id, fc.integer({ min: -1, max: 2 })));
    const node = fc.record({
      class_type: fc.constantFrom("KSampler", "SaveImage", "LoadImage"),
      inputs: fc.dictionary(
        fc.constantFrom("images", "image", "positive", "steps", "text", "model", "__proto__"),
        input,
      ),
    });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .dictionary(id, fc.oneof({ weight: 9, arbitrary: node }, fc.jsonValue()))
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (workflow) => {
        expect(outcomeOf(workflow)).toMatch(/^(slots|workflow_\w+)$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

function outcomeOf(workflow: string): string {
  try {
    findSlots(parseWorkflow(workflow));
    return "slots";
  } catch (error) {
    if (error instanceof WorkflowError) return error.code;
    throw error;
  }
}
