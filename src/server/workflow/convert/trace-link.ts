import type { NodeInfo } from "../node-info";
import { WorkflowError } from "../workflow-error";
import { SUBGRAPH_INPUT } from "./editor-file";
import type { EditorInput, EditorLink, EditorNode } from "./editor-file";
import { isField } from "./node-fields";
import { BYPASSED, MUTED } from "./scope";
import type { Scope } from "./scope";
import type { NodeReader } from "./node-reader";
import { firstValue, setNodeOf, virtualKind } from "./virtual-nodes";

/** What a link brings: a node's output, or a value. null: nothing, so a field keeps its own value. */
export type Source = { kind: "node"; id: string; output: number } | { kind: "value"; value: unknown } | null;

/** A link, and the type of the input that it was followed from. */
interface At {
  scope: Scope;
  link: string;
  type: string;
  /** Whether it came straight to here: a primitive's value reaches a field only so. */
  isStraight: boolean;
}

/**
 * Follows a link back to what really makes its value: through subgraphs, bypassed nodes, reroutes, and nodes that
 * exist in the editor alone. After `ExecutableNodeDTO.resolveInput` (frontend 1.45, src/lib/litegraph).
 * @param type of the input that the link was followed from
 * @throws WorkflowError `workflow_broken_link`, `workflow_cycle`
 */
export function traceLink(scope: Scope, link: string, type: string, nodes: NodeReader): Source {
  const seen = new Map<Scope, Set<string>>();
  let at: At | Source = { scope, link, type, isStraight: true };
  while (at && "link" in at) {
    const links = seen.get(at.scope) ?? new Set();
    if (links.has(at.link)) throw circle(at);
    seen.set(at.scope, links.add(at.link));
    at = step(at, nodes);
  }
  return at;
}

function step(at: At, nodes: NodeReader): At | Source {
  const { scope, type } = at;
  const link = scope.graph.links.get(at.link);
  if (!link) throw broken(scope, at.link);
  if (link.origin === SUBGRAPH_INPUT) return leave(at, link, nodes);
  const node = scope.graph.nodes.get(link.origin);
  if (!node) throw broken(scope, at.link);
  if (node.mode === MUTED) return null;
  if (node.mode === BYPASSED) {
    const passed = passedInput(node, link, type, nodes);
    return passed ? follow(scope, passed, passed.type) : null;
  }
  const inside = scope.inside.get(node.id);
  if (inside) {
    const end = inside.graph.outputs[link.originSlot]?.links[0];
    return end === undefined ? null : { scope: inside, link: end, type, isStraight: false };
  }
  switch (virtualKind(node)) {
    case null:
      return { kind: "node", id: `${scope.prefix}${node.id}`, output: link.originSlot };
    case "drop":
      return null;
    case "value":
      return at.isStraight ? valueOf(node) : null;
    case "get": {
      const set = setNodeOf(scope, node);
      return set ? follow(set.scope, set.node.inputs[0], type) : null;
    }
    case "set":
    case "pass":
      return follow(scope, node.inputs[0], type);
  }
}

const follow = (scope: Scope, input: EditorInput | undefined, type: string): At | null =>
  input?.link == null ? null : { scope, link: input.link, type, isStraight: false };

function valueOf(node: EditorNode): Source {
  const value = firstValue(node);
  return value === undefined ? null : { kind: "value", value };
}

/** Out of a subgraph, to what its instance has at that input. */
function leave({ scope, isStraight }: At, link: EditorLink, nodes: NodeReader): At | Source {
  if (!scope.outside) throw broken(scope, link.target);
  const { scope: outer, node } = scope.outside;
  const input = instanceInput(scope, node, link.originSlot);
  if (input?.link != null) return { scope: outer, link: input.link, type: input.type, isStraight };
  const value = sharedValue(scope, link.originSlot, nodes);
  return value === undefined ? null : { kind: "value", value };
}

/** Where an input of a subgraph leads to several fields, all take the value that the first one holds. */
function sharedValue(scope: Scope, slot: number, nodes: NodeReader): unknown {
  const ends = scope.graph.inputs[slot]?.links ?? [];
  for (const end of ends.length > 1 ? ends : []) {
    const value = fieldAt(scope, end, nodes);
    if (value !== undefined) return value;
  }
  return undefined;
}

function fieldAt(scope: Scope, end: string, nodes: NodeReader): unknown {
  const link = scope.graph.links.get(end);
  const target = link && scope.graph.nodes.get(link.target);
  if (!target) return undefined;
  const input = target.inputs.find((one) => one.link === end);
  const inside = scope.inside.get(target.id);
  if (!inside) return input && nodes.fields(target).get(input.name);
  const slot = inside.graph.inputs.findIndex(({ name }) => name === input?.name);
  return inside.graph.inputs[slot]?.links
    .map((next) => fieldAt(inside, next, nodes))
    .find((value) => value !== undefined);
}

/** The instance's side of a subgraph's input; one that is a field need not be among the instance's. */
function instanceInput(scope: Scope, node: EditorNode, slot: number): EditorInput | undefined {
  const name = scope.graph.inputs[slot]?.name;
  return node.inputs.findLast((input) => input.name === name);
}

/** The input that a bypassed node passes on to an output: of a type that goes with it, best at the same place. */
function passedInput(
  node: EditorNode,
  link: EditorLink,
  type: string,
  nodes: NodeReader,
): EditorInput | undefined {
  const inputs = inOrder(node, nodes.info(node));
  const outputType = node.outputs[link.originSlot]?.type ?? link.type;
  const same = inputs[link.originSlot];
  if (type === "*" || type === "") return same ?? inputs[0];
  const fits = (input: EditorInput) => goTogether(input.type, outputType) && goTogether(input.type, type);
  if (same && fits(same)) return same;
  return inputs.find((input) => input.type === type) ?? inputs.find(fits);
}

/** As the editor shows them: sockets, then fields, then what the definition does not know. */
function inOrder(node: EditorNode, info: NodeInfo | null): EditorInput[] {
  if (!info) return node.inputs;
  const defined = Object.values(info.inputs);
  const order = [...defined.filter((input) => !isField(input)), ...defined.filter(isField)];
  const place = new Map(order.map(({ name }, index) => [name, index]));
  const placeOf = (input: EditorInput) => place.get(input.name) ?? Infinity;
  return node.inputs.toSorted((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}

/** Whether an input of one type takes an output of another; a type may name several. */
function goTogether(a: string, b: string): boolean {
  if ([a, b].some((one) => one === "*" || one === "")) return true;
  const types = new Set(b.toLowerCase().split(","));
  return a
    .toLowerCase()
    .split(",")
    .some((one) => types.has(one));
}

function broken(scope: Scope, link: string): WorkflowError {
  const where = scope.prefix === "" ? "" : ` in subgraph ${scope.prefix.slice(0, -1)}`;
  return new WorkflowError(
    "workflow_broken_link",
    `Connection ${link}${where} is missing from the workflow file, or leads to a node that is.`,
    {
      field: `${scope.prefix}links.${link}`,
      remedy: "Open the workflow in ComfyUI, repair that connection and save it again.",
    },
  );
}

function circle({ scope, link }: At): WorkflowError {
  return new WorkflowError(
    "workflow_cycle",
    `The workflow runs in a circle at connection ${link}, through nodes that only pass something on.`,
    {
      field: `${scope.prefix}links.${link}`,
      remedy: "Repair that connection in ComfyUI and save the workflow again.",
    },
  );
}
