import { nodeInfoSchema, readNodeInfo, type NodeInfo } from "@/server/workflow/node-info";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { readFixture } from "./sample-graphs";

/** The definitions of a real ComfyUI 0.26, some choices left out. */
export const infos: ReadonlyMap<string, NodeInfo> = new Map(
  Object.entries(readFixture("editor_object_info.json") as Record<string, unknown>).map(([name, info]) => [
    name,
    readNodeInfo(name, nodeInfoSchema.parse(info)),
  ]),
);

interface NodeOptions {
  values?: unknown;
  /** Input names with the links that they take; null is an input without a link. */
  inputs?: Record<string, number | null>;
  /** Inputs that are fields turned into inputs. */
  widgets?: string[];
  types?: Record<string, string>;
  outputs?: string[];
  mode?: number;
  title?: string;
  properties?: object;
  named?: object;
}

/** A node as the editor saves it. */
export function node(id: number, type: string, options: NodeOptions = {}) {
  const { values = [], inputs = {}, widgets = [], types = {}, outputs = ["*"], mode = 0, ...more } = options;
  return {
    id,
    type,
    mode,
    pos: [0, 0],
    inputs: Object.entries(inputs).map(([name, link]) => ({
      name,
      type: types[name] ?? "*",
      link,
      ...(widgets.includes(name) && { widget: { name } }),
    })),
    outputs: outputs.map((kind) => ({ name: kind, type: kind, links: [] })),
    properties: more.properties ?? {},
    widgets_values: values,
    ...(more.named && { widgets_values_named: more.named }),
    ...(more.title !== undefined && { title: more.title }),
  };
}

type LinkRow = [id: number, from: number, output: number, to: number, input: number, type?: string];

/** A workflow file of the editor; its links are rows, those of subgraphs are objects. */
export function editorFile(
  nodes: unknown[],
  links: LinkRow[],
  subgraphs: unknown[] = [],
  more: object = {},
): string {
  return JSON.stringify({
    last_node_id: 100,
    version: 0.4,
    nodes,
    links: links.map(([id, from, output, to, input, type = "*"]) => [id, from, output, to, input, type]),
    definitions: { subgraphs },
    ...more,
  });
}

/** A subgraph's definition. In its links −10 is where it takes its inputs, −20 where it gives its outputs. */
export function subgraph(
  id: string,
  parts: {
    nodes: unknown[];
    links: LinkRow[];
    inputs?: Record<string, number[]>;
    outputs?: Record<string, number[]>;
  },
) {
  const ends = (all: Record<string, number[]> = {}) =>
    Object.entries(all).map(([name, linkIds]) => ({ name, type: "*", linkIds }));
  return {
    id,
    name: id,
    nodes: parts.nodes,
    links: parts.links.map(([link, origin, output, target, input, type = "*"]) => ({
      id: link,
      origin_id: origin,
      origin_slot: output,
      target_id: target,
      target_slot: input,
      type,
    })),
    inputs: ends(parts.inputs),
    outputs: ends(parts.outputs),
  };
}

/** The inputs of all nodes, by ids, after conversion. */
export function convert(file: string): Record<string, Record<string, unknown>> {
  const { graph } = toGraph(readSource(file), infos);
  return Object.fromEntries(Object.entries(graph).map(([id, { inputs }]) => [id, inputs]));
}
