import { WorkflowError } from "../workflow-error";
import type { EditorNode } from "./editor-file";
import type { Scope } from "./scope";

/**
 * Nodes that exist in the editor alone. `drop`: nothing runs through them; `pass`: their output is their first
 * input; `value`: their output is their first field; `get`: their output is the input of the set node of that name.
 */
export type VirtualKind = "drop" | "pass" | "value" | "get" | "set";

const virtual: Readonly<Record<string, VirtualKind>> = {
  Note: "drop",
  MarkdownNote: "drop",
  Reroute: "pass",
  PrimitiveNode: "value",
  // KJNodes and EasyUse: a link by name, without a line.
  SetNode: "set",
  GetNode: "get",
  "easy setNode": "set",
  "easy getNode": "get",
  "Reroute (rgthree)": "pass",
  "Label (rgthree)": "drop",
  "Bookmark (rgthree)": "drop",
  "Fast Muter (rgthree)": "drop",
  "Fast Bypasser (rgthree)": "drop",
  "Fast Groups Muter (rgthree)": "drop",
  "Fast Groups Bypasser (rgthree)": "drop",
  "Fast Actions Button (rgthree)": "drop",
  "Mute / Bypass Relay (rgthree)": "drop",
  "Mute / Bypass Repeater (rgthree)": "drop",
  "Random Unmuter (rgthree)": "drop",
  "Node Collector (rgthree)": "drop",
  Bookmark: "drop",
  LabelNode: "drop",
};

/** Links that a script of the editor makes at the moment it exports. */
const scripted = /^(Anything Everywhere[?3]?|Prompts Everywhere|Seed Everywhere)$/;
/** What the editor had before subgraphs. */
const groupNode = /^workflow[/>]/;

export function virtualKind(node: EditorNode): VirtualKind | null {
  return Object.hasOwn(virtual, node.type) ? (virtual[node.type] ?? null) : null;
}

/** Throws `workflow_needs_script` for a node whose work only the editor can do. */
export function refuseScripted(scope: Scope, node: EditorNode): void {
  const place = `${scope.prefix}${node.id}`;
  if (scripted.test(node.type)) {
    throw new WorkflowError(
      "workflow_needs_script",
      `Node ${place} (${node.type}) makes its links by a script when the workflow runs, so they are not in the file.`,
      {
        field: place,
        remedy: "Drop a picture (PNG) that was made with this workflow: it holds the links as they ran.",
      },
    );
  }
  if (groupNode.test(node.type)) {
    throw new WorkflowError(
      "workflow_needs_script",
      `Node ${place} (${node.type.slice("workflow/".length)}) is a group node, which newer ComfyUI no longer writes.`,
      {
        field: place,
        remedy:
          "Open the workflow in ComfyUI, turn the group node into a subgraph and save it, or drop a picture (PNG) made with it.",
      },
    );
  }
}

/** The value of the first field. */
export function firstValue(node: EditorNode): unknown {
  return Array.isArray(node.values) ? node.values[0] : Object.values(node.values)[0];
}

/** The set node whose name a get node carries, on its own canvas or on one outside. */
export function setNodeOf(scope: Scope, node: EditorNode): { scope: Scope; node: EditorNode } | null {
  const name = firstValue(node);
  for (let at: Scope | null = scope; at; at = at.outside?.scope ?? null) {
    for (const other of at.graph.nodes.values()) {
      if (virtualKind(other) === "set" && firstValue(other) === name) return { scope: at, node: other };
    }
  }
  return null;
}
