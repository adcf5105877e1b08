import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFrame } from "@/server/comfyui/frames";
import { isOver, parseMessage, promptIdOf } from "@/server/comfyui/messages";
import { advanceProgress, startProgress } from "@/server/comfyui/progress";
import { graph } from "./quick";
import { readTrace, traceNames, wireForm } from "./traces";

describe("messages", () => {
  it("of every recorded kind are understood, but for those that mean nothing to us", () => {
    const all = traceNames.flatMap((name) => {
      const { messages, first, second, third } = readTrace(name);
      return [...messages, ...first, ...second, ...third];
    });
    const skipped = all.filter((one) => "type" in one && parseMessage(String(wireForm(one))) === null);
    expect(new Set(skipped.map((one) => ("type" in one ? one.type : "")))).toEqual(
      new Set(["feature_flags"]),
    );
    const frames = all.map(wireForm).filter((wire) => typeof wire !== "string");
    expect(new Set(frames.map((frame) => parseFrame(frame)?.mime))).toEqual(new Set(["image/jpeg"]));
  });

  it("say when a prompt is over", () => {
    const over = (type: string, data: object): boolean => {
      const message = parseMessage(JSON.stringify({ type, data: { prompt_id: "p", ...data } }));
      return message !== null && isOver(message);
    };
    expect(over("executing", { node: null })).toBe(true);
    expect(over("executing", { node: "3" })).toBe(false);
    expect(over("executed", { node: "9", output: null })).toBe(false);
    expect(over("execution_error", { exception_message: "x" })).toBe(true);
  });

  it("survive any text, and so does the progress they bring", () => {
    const types = fc.constantFrom(
      "status",
      "execution_start",
      "execution_cached",
      "executing",
      "progress",
      "progress_state",
      "executed",
      "execution_success",
      "execution_error",
      "execution_interrupted",
      "unheard_of",
    );
    const node = fc.oneof(fc.constantFrom("1", "3", "8", "9", "__proto__", "constructor"), fc.jsonValue());
    const data = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { prompt_id: fc.constant("p"), node, value: fc.double(), max: fc.double(), display_node: node },
        { requiredKeys: [] },
      ),
      fc.record({ prompt_id: fc.constant("p"), nodes: fc.dictionary(fc.string(), fc.jsonValue()) }),
      fc.record({
        prompt_id: fc.constant("p"),
        nodes: fc.dictionary(
          fc.constantFrom("1", "3", "8", "9", "x"),
          fc.record({
            state: fc.constantFrom("running", "finished"),
            value: fc.integer(),
            max: fc.integer(),
          }),
        ),
      }),
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ type: types, data }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        let state = startProgress(graph);
        for (const one of texts) {
          const message = parseMessage(one);
          if (!message) continue;
          promptIdOf(message);
          const next = advanceProgress(state, message);
          expect(next.percent).toBeGreaterThanOrEqual(state.percent);
          expect(next.percent).toBeLessThanOrEqual(99);
          expect(Number.isInteger(next.percent)).toBe(true);
          state = next;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("binary frames", () => {
  it("survive any bytes, and claim no more than there are", () => {
    const head = fc.constantFrom(0, 1, 2, 3, 4, 5, 255);
    const frame = fc
      .tuple(head, head, fc.uint8Array({ maxLength: 300 }))
      .map(([event, second, rest]) => Buffer.concat([Buffer.from([0, 0, 0, event, 0, 0, 0, second]), rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), frame), (bytes) => {
        const length = parseFrame(bytes)?.bytes.byteLength ?? 0;
        expect(length).toBeLessThanOrEqual(Math.max(0, bytes.byteLength - 8));
      }),
      { numRuns: 1_000 },
    );
  });

  it("with metadata tell the prompt and the kind of picture, and only a picture's", () => {
    const frame = (meta: string): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(4, 0);
      head.writeUInt32BE(meta.length, 4);
      return Buffer.concat([head, Buffer.from(meta), Buffer.from([1, 2])]);
    };
    expect(parseFrame(frame('{"prompt_id":"p","node_id":"3","image_type":"image/png"}'))).toEqual({
      promptId: "p",
      mime: "image/png",
      bytes: new Uint8Array([1, 2]),
    });
    expect(parseFrame(frame('{"prompt_id":"p","image_type":"text/html"}'))).toBeNull();
    expect(parseFrame(frame("{broken"))).toBeNull();
  });

  it("do not keep the socket's buffer", () => {
    const wire = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 5, 6]);
    const parsed = parseFrame(wire);
    wire.fill(0);
    expect(parsed?.bytes).toEqual(new Uint8Array([5, 6]));
  });
});
