import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askNodeInfos } from "@/server/comfyui/check-workflow";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { toEditorWorkflow } from "@/server/comfyui/editor-workflow";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import { linksOf } from "@/server/workflow/graph";
import { parseWorkflow } from "@/server/workflow/parse-workflow";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { shapeFor } from "../workflow/graph-shape";
import { values } from "../workflow/sample-graphs";
import { root } from "../../support/test-database";

const convert = async (file: string) => {
  const graph = parseWorkflow(await readFile(join(root, file), "utf8"));
  const comfy = await startDemoComfyUI({ paint: false });
  try {
    const infos = await askNodeInfos(createComfyClient({ url: comfy.url }), graph);
    return { graph, infos, workflow: toEditorWorkflow(graph, infos) };
  } finally {
    await comfy.close();
  }
};

test.each(Object.values(DEFAULT_WORKFLOWS))(
  "%s becomes a workflow of the editor with every node and every link",
  async (file) => {
    const { graph, workflow } = await convert(file);
    const classes = (types: string[]) => types.toSorted();
    expect(classes(workflow.nodes.map((node) => node.type))).toEqual(
      classes(Object.values(graph).map((node) => node.class_type)),
    );
    const links = Object.values(graph).flatMap((node) => linksOf(node));
    expect(workflow.links).toHaveLength(links.length);
    for (const [id, from, output, to, input, type] of workflow.links) {
      const source = workflow.nodes.find((node) => node.id === from)!;
      const target = workflow.nodes.find((node) => node.id === to)!;
      expect(source.outputs[output]).toMatchObject({ type, links: expect.arrayContaining([id]) });
      expect(target.inputs[input]!.link).toBe(id);
    }
  },
);

test.each(Object.values(DEFAULT_WORKFLOWS))(
  "%s, saved by the editor and read back, renders exactly as the shipped one",
  async (file) => {
    const { graph, infos, workflow } = await convert(file);
    const { graph: again, warnings } = toGraph(readSource(JSON.stringify(workflow)), infos);
    expect(warnings).toEqual([]);
    for (const references of [[], ["one.png"], ["one.png", "two.png", "three.png"]]) {
      const lora = { file: "style.safetensors", strength: 0.8 };
      const [shipped, read] = [graph, again].map((one) => {
        const filled = fillWorkflow(one, findSlots(one), { ...values, references, lora });
        return shapeFor(filled.graph, filled.outputNodeId);
      });
      expect(read).toEqual(shipped);
    }
  },
);

test("widgets stand in the order of their definitions, a seed followed by its control", async () => {
  const { workflow } = await convert(DEFAULT_WORKFLOWS["text-to-image"]);
  const sampler = workflow.nodes.find((node) => node.type === "KSampler")!;
  expect(sampler.widgets_values).toEqual([expect.any(Number), "fixed", 8, 1, "res_multistep", "simple", 1]);
  expect(sampler.inputs.map((input) => input.name)).toEqual([
    "model",
    "positive",
    "negative",
    "latent_image",
  ]);
});

test("a class without a definition keeps its values", () => {
  const graph = {
    a: { class_type: "Unknown", inputs: { text: "x", n: 3 } },
    b: { class_type: "Other", inputs: { image: ["a", 1], mode: "y" } },
  };
  const { nodes, links } = toEditorWorkflow(graph, new Map());
  expect(nodes.map((node) => node.widgets_values)).toEqual([["x", 3], ["y"]]);
  expect(links).toEqual([[1, 1, 1, 2, 0, "*"]]);
});
