import { linkAt } from "@/server/workflow/graph";
import type { Graph, GraphNode } from "@/server/workflow/graph";
import type { InputInfo, NodeInfo } from "@/server/workflow/node-info";

/** Types whose inputs are fields on the node; all others are sockets that only take links. */
const WIDGET_TYPES = new Set(["INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"]);
/** Pixels between nodes on the editor's canvas. */
const COLUMN = 380;
const ROW = 260;

type EditorLink = [id: number, from: number, output: number, to: number, input: number, type: string];

interface EditorNode {
  id: number;
  type: string;
  pos: [number, number];
  flags: object;
  order: number;
  mode: 0;
  title?: string;
  inputs: { name: string; type: string; link: number | null; widget?: { name: string } }[];
  outputs: { name: string; type: string; links: number[] }[];
  properties: { "Node name for S&R": string };
  widgets_values: unknown[];
}

/** A workflow as ComfyUI's editor saves it: dropping the picture on the editor opens it. */
export interface EditorWorkflow {
  last_node_id: number;
  last_link_id: number;
  nodes: EditorNode[];
  links: EditorLink[];
  groups: [];
  config: object;
  extra: object;
  version: 0.4;
}

/**
 * The graph in the editor's own format (LiteGraph 0.4), for a picture's `extra_pnginfo.workflow`. Widgets stand in
 * the order of their definitions; a class without a definition keeps its values in the order of the graph.
 */
export function toEditorWorkflow(graph: Graph, infos: ReadonlyMap<string, NodeInfo | null>): EditorWorkflow {
  const ids = new Map(Object.keys(graph).map((id, index) => [id, index + 1]));
  const depths = new Map<string, number>();
  const rows = new Map<number, number>();
  const nodes = new Map<string, EditorNode>();
  const links: EditorLink[] = [];
  for (const [id, node] of Object.entries(graph)) {
    const depth = depthOf(graph, id, depths);
    const row = rows.get(depth) ?? 0;
    rows.set(depth, row + 1);
    nodes.set(
      id,
      toEditorNode(node, infos.get(node.class_type) ?? null, ids.get(id)!, [depth * COLUMN, row * ROW]),
    );
  }
  for (const [id, node] of Object.entries(graph)) connect(id, node, nodes, infos, links);
  return {
    last_node_id: ids.size,
    last_link_id: links.length,
    nodes: [...nodes.values()]
      .toSorted((a, b) => a.pos[0] - b.pos[0])
      .map((node, order) => ({ ...node, order })),
    links,
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
}

/** How many links a node is away from the graph's beginnings: its column on the canvas. */
function depthOf(graph: Graph, id: string, known: Map<string, number>): number {
  const found = known.get(id);
  if (found !== undefined) return found;
  // Graphs hold no cycles; where one did, it would end here.
  known.set(id, 0);
  const node = graph[id];
  const sources = Object.keys(node?.inputs ?? {}).flatMap((input) => linkAt(node!, input)?.[0] ?? []);
  const depth = Math.max(-1, ...sources.map((source) => depthOf(graph, source, known))) + 1;
  known.set(id, depth);
  return depth;
}

function toEditorNode(node: GraphNode, info: NodeInfo | null, id: number, pos: [number, number]): EditorNode {
  const inputs: EditorNode["inputs"] = [];
  const widgets: unknown[] = [];
  for (const [name, input] of definitionsOf(node, info)) {
    const isWidget = input === null ? !linkAt(node, name) : WIDGET_TYPES.has(input.type);
    const type = input?.type ?? "*";
    if (!isWidget) inputs.push({ name, type, link: null });
    else {
      if (linkAt(node, name)) inputs.push({ name, type, link: null, widget: { name } });
      widgets.push(linkAt(node, name) ? null : (node.inputs[name] ?? null));
      if (input?.hasControl) widgets.push("fixed");
      if (input?.isUpload) widgets.push("image");
    }
  }
  return {
    id,
    type: node.class_type,
    pos,
    flags: {},
    order: 0,
    mode: 0,
    ...(node._meta?.title !== undefined && { title: node._meta.title }),
    inputs,
    outputs: (info?.outputs ?? []).map((output) => ({ ...output, links: [] })),
    properties: { "Node name for S&R": node.class_type },
    widgets_values: widgets,
  };
}

/** The inputs of a node in the order of its definition, then those that only the graph knows. */
function definitionsOf(node: GraphNode, info: NodeInfo | null): [name: string, input: InputInfo | null][] {
  const defined = Object.entries(info?.inputs ?? {});
  const known = new Set(defined.map(([name]) => name));
  return [
    ...defined,
    ...Object.keys(node.inputs).flatMap((name): [string, null][] => (known.has(name) ? [] : [[name, null]])),
  ];
}

function connect(
  id: string,
  node: GraphNode,
  nodes: ReadonlyMap<string, EditorNode>,
  infos: ReadonlyMap<string, NodeInfo | null>,
  links: EditorLink[],
): void {
  const to = nodes.get(id)!;
  for (const [slot, input] of to.inputs.entries()) {
    const link = linkAt(node, input.name);
    const from = link && nodes.get(link[0]);
    if (!link || !from) continue;
    const [source, output] = link;
    const type = infos.get(nodes.get(source)!.type)?.outputs[output]?.type ?? input.type;
    const linkId = links.length + 1;
    while (from.outputs.length <= output) from.outputs.push({ name: "*", type: "*", links: [] });
    from.outputs[output]!.links.push(linkId);
    input.link = linkId;
    links.push([linkId, from.id, output, to.id, slot, type]);
  }
}
