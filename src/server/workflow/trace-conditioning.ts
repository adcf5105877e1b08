import type { Graph, GraphNode, Link } from "./graph";
import { linkAt, linksOf, nodeAt } from "./graph";
import type { SlotRef } from "./slots";
import type { TextPlace } from "./trace-text";
import { traceTexts } from "./trace-text";

export type Role = "positive" | "negative";

export interface ConditioningTrace {
  texts: TextPlace[];
  /** Nodes that put a reference latent on the conditioning, the one nearest the text first. */
  applies: string[];
}

/** Links that a conditioning never comes through, for nodes whose inputs say nothing of conditioning. */
const NOT_CONDITIONING =
  /^(model.*|clip.*|.*vae|control_?net|images?\d*|pixels|latent.*|samples|.*mask.*|style_model|switch)$/i;

/**
 * Follows conditioning back to the texts it is made of, through ControlNets, guidance, reference latents and the
 * like. A zeroed conditioning ends the way, unless told otherwise: it has no text of its own.
 */
export function traceConditioning(
  graph: Graph,
  starts: readonly Link[],
  role: Role,
  { isThroughZero = false } = {},
): ConditioningTrace {
  const texts = new Map<string, TextPlace>();
  const applies: string[] = [];
  const seen = new Set<string>();
  const open = starts.map((link) => ({ link, role })).toReversed();
  for (let step = open.pop(); step; step = open.pop()) {
    const [id, output] = step.link;
    const node = nodeAt(graph, id);
    const key = JSON.stringify([id, output, step.role]);
    if (!node || seen.has(key)) continue;
    if (!isThroughZero && /zero_?out/i.test(node.class_type)) continue;
    seen.add(key);
    if (linkAt(node, "conditioning") && linkAt(node, "latent") && !applies.includes(id)) applies.push(id);
    const conditioned = conditioningLinks(node, output, step.role);
    const places = conditioned.length > 0 ? [] : traceTexts(graph, id, node, step.role);
    for (const place of places) texts.set(keyOf(place.encoder), place);
    const further = conditioned.length > 0 || places.length > 0 ? conditioned : unknownLinks(node);
    open.push(...further.toReversed().map((link) => ({ link, role: step.role })));
  }
  return { texts: [...texts.values()], applies: applies.toReversed() };
}

/** A word for a slot's place, equal for equal places. */
export function keyOf(ref: SlotRef): string {
  return JSON.stringify([ref.nodeId, ref.input]);
}

function conditioningLinks(node: GraphNode, output: number, role: Role): Link[] {
  // Nodes that take both sides give both back in the same order, whatever they are then used for.
  const side: Role = output === 0 ? "positive" : output === 1 ? "negative" : role;
  const sided = linkAt(node, side) ?? linkAt(node, "positive") ?? linkAt(node, "negative");
  if (sided) return [sided];
  return linksOf(node).flatMap(({ input, link }) => (/^cond/i.test(input) ? [link] : []));
}

/** A reroute or a switch of unknown make is looked through; an encoder without a text is the end. */
function unknownLinks(node: GraphNode): Link[] {
  if (linkAt(node, "clip")) return [];
  return linksOf(node).flatMap(({ input, link }) => (NOT_CONDITIONING.test(input) ? [] : [link]));
}
