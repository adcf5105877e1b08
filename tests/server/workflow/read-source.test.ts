import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { convert, editorFile, infos, node, subgraph } from "./editor-files";
import { textToImage } from "./sample-graphs";

/** What reading and converting it is refused with. */
function refusal(text: string): { code: string; field: string | null; message: string } {
  try {
    toGraph(readSource(text), infos);
  } catch (error) {
    if (error instanceof WorkflowError)
      return { code: error.code, field: error.field, message: error.message };
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("a workflow's text", () => {
  it("is told apart by content: API format, or the editor's", () => {
    expect(readSource(JSON.stringify(textToImage)).format).toBe("api");
    const source = readSource(editorFile([node(1, "VAEDecode"), node(2, "Note"), node(3, "VAEDecode")], []));
    expect(source).toMatchObject({ format: "editor", classes: ["VAEDecode"] });
  });

  it("of another program, or none, is refused", () => {
    expect(refusal("{")).toMatchObject({ code: "workflow_not_json" });
    expect(refusal(JSON.stringify({ name: "package", version: "1.0.0" }))).toMatchObject({
      code: "workflow_not_api_format",
      field: "name",
    });
    expect(refusal(JSON.stringify({ nodes: [{ x: 1 }], links: [] }))).toMatchObject({
      code: "workflow_broken_file",
      field: "nodes.0.id",
    });
    expect(refusal(JSON.stringify({ nodes: ["a"], edges: [] })).code).toBe("workflow_broken_file");
    expect(refusal(editorFile([node(1, "Note")], [])).message).toBe("The workflow has no nodes.");
  });

  it("with a connection that is missing, or leads to a missing node, is refused with the place", () => {
    const encode = (link: number) => node(1, "CLIPTextEncode", { values: [""], inputs: { clip: link } });
    expect(refusal(editorFile([encode(7)], []))).toMatchObject({
      code: "workflow_broken_link",
      field: "links.7",
    });
    expect(refusal(editorFile([encode(7)], [[7, 99, 0, 1, 0]]))).toMatchObject({
      code: "workflow_broken_link",
      field: "links.7",
    });
    const inside = subgraph("s", { nodes: [encode(7)], links: [], inputs: {} });
    expect(refusal(editorFile([node(5, "s")], [], [inside]))).toMatchObject({ field: "5:links.7" });
  });

  it("that runs in a circle is refused, also through reroutes and subgraphs", () => {
    const scale = (id: number, link: number) => node(id, "ImageInvert", { inputs: { image: link } });
    expect(
      refusal(
        editorFile(
          [scale(1, 2), scale(2, 1)],
          [
            [1, 1, 0, 2, 0],
            [2, 2, 0, 1, 0],
          ],
        ),
      ).code,
    ).toBe("workflow_cycle");
    const reroute = (id: number, link: number) => node(id, "Reroute", { inputs: { "": link } });
    const rerouted = [reroute(1, 2), reroute(2, 1), scale(3, 1)];
    expect(
      refusal(
        editorFile(rerouted, [
          [1, 1, 0, 2, 0],
          [2, 2, 0, 1, 0],
        ]),
      ).code,
    ).toBe("workflow_cycle");
    const itself = subgraph("s", { nodes: [node(5, "t")], links: [] });
    const other = subgraph("t", { nodes: [node(6, "s")], links: [] });
    expect(refusal(editorFile([node(1, "s")], [], [itself, other]))).toMatchObject({
      code: "workflow_cycle",
      field: "1:5:6",
    });
  });

  it("whose links only a script of the editor makes is refused, and says what to do instead", () => {
    for (const type of [
      "Anything Everywhere",
      "Anything Everywhere3",
      "Seed Everywhere",
      "workflow/My group",
    ])
      expect(refusal(editorFile([node(4, type)], []))).toMatchObject({
        code: "workflow_needs_script",
        field: "4",
      });
    // Switched off they do nothing.
    expect(
      convert(editorFile([node(4, "Anything Everywhere", { mode: 4 }), node(5, "VAEDecode")], [])),
    ).toEqual({ "5": {} });
  });

  it("with ids like __proto__ and constructor is a workflow like any other", () => {
    const file = editorFile(
      [
        { ...node(1, "VAELoader", { values: ["ae.safetensors"] }), id: "__proto__" },
        { ...node(2, "VAEDecode", { inputs: { vae: 1 } }), id: "constructor" },
      ],
      [],
    ).replace(
      ',"links":[],"definitions"',
      ',"links":[[1,"__proto__",0,"constructor",0,"VAE"]],"definitions"',
    );
    const { graph } = toGraph(readSource(file), infos);
    expect(Object.keys(graph)).toEqual(["__proto__", "constructor"]);
    expect(graph["constructor"]?.inputs).toEqual({ vae: ["__proto__", 0] });
  });

  it("with too many nodes is refused, also where few instances of subgraphs make them", () => {
    const many = Array.from({ length: 100_000 }, (_, id) => ({ id, type: "VAEDecode" }));
    expect(refusal(editorFile(many, [])).code).toBe("workflow_too_large");
    // Each holds the next one ten times: a million nodes from sixty.
    const levels = Array.from({ length: 6 }, (_, level) =>
      subgraph(`s${level}`, {
        nodes: Array.from({ length: 10 }, (_node, id) =>
          node(id, level === 5 ? "VAEDecode" : `s${level + 1}`),
        ),
        links: [],
      }),
    );
    expect(refusal(editorFile([node(1, "s0")], [], levels)).code).toBe("workflow_too_large");
  });

  it("with a chain of thousands of reroutes is read", () => {
    const length = 4_000;
    const reroutes = Array.from({ length }, (_, index) =>
      node(index + 2, "Reroute", { inputs: { "": index + 1 } }),
    );
    const links = Array.from({ length: length + 1 }, (_, index): [number, number, number, number, number] => [
      index + 1,
      index + 1,
      0,
      index + 2,
      0,
    ]);
    const file = editorFile(
      [
        node(1, "VAELoader", { values: ["a"] }),
        ...reroutes,
        node(length + 2, "VAEDecode", { inputs: { vae: length + 1 } }),
      ],
      links,
    );
    expect(convert(file)[String(length + 2)]).toEqual({ vae: ["1", 0] });
  });

  it("of any shape is a graph or a WorkflowError", () => {
    const id = fc.oneof(fc.integer({ min: -20, max: 6 }), fc.constantFrom("__proto__", "a"));
    const type = fc.constantFrom(
      "Reroute",
      "PrimitiveNode",
      "KSampler",
      "s",
      "t",
      "GetNode",
      "SetNode",
      "Unknown",
    );
    const nodes = fc.array(
      fc.record(
        {
          id,
          type,
          mode: fc.constantFrom(0, 2, 4, null),
          inputs: fc.array(fc.record({ name: fc.string(), type: fc.string(), link: fc.option(id) }), {
            maxLength: 3,
          }),
          outputs: fc.array(fc.record({ name: fc.string(), type: fc.string() }), { maxLength: 2 }),
          widgets_values: fc.oneof(
            fc.array(fc.jsonValue()),
            fc.dictionary(fc.string(), fc.jsonValue()),
            fc.constant(null),
          ),
        },
        { requiredKeys: ["id", "type"] },
      ),
      { maxLength: 6 },
    );
    const slot = fc.integer({ min: -1, max: 3 });
    const row = fc.tuple(id, id, slot, id, slot, fc.string());
    const object = fc.record({ id, origin_id: id, origin_slot: slot, target_id: id, target_slot: slot });
    const links = fc.array(fc.oneof(row, object, fc.constant(null)), { maxLength: 8 });
    const ends = fc.array(fc.record({ name: fc.string(), linkIds: fc.array(id, { maxLength: 3 }) }), {
      maxLength: 3,
    });
    const inner = (name: string) =>
      fc.record({ id: fc.constant(name), nodes, links, inputs: ends, outputs: ends });
    const file = fc.record({
      nodes,
      links,
      definitions: fc.record({ subgraphs: fc.tuple(inner("s"), inner("t")) }),
    });
    fc.assert(
      fc.property(file, (value) => {
        try {
          const { graph } = toGraph(readSource(JSON.stringify(value)), infos);
          expect(Object.keys(graph).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(WorkflowError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
