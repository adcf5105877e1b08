import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askNodeInfos } from "@/server/comfyui/check-workflow";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { toEditorWorkflow } from "@/server/comfyui/editor-workflow";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { linksOf } from "@/server/workflow/graph";
import { parseWorkflow } from "@/server/workflow/parse-workflow";
import { root } from "../../support/test-database";

const convert = async (file: string) => {
  const graph = parseWorkflow(await readFile(join(root, file), "utf8"));
  const comfy = await startDemoComfyUI({ paint: false });
  try {
    const workflow = toEditorWorkflow(
      graph,
      await askNodeInfos(createComfyClient({ url: comfy.url }), graph),
    );
    return { graph, workflow };
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
