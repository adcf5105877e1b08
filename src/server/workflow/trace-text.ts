import type { Graph, GraphNode, Link } from "./graph";
import { isLink, linksOf, nodeAt } from "./graph";
import type { SlotRef } from "./slots";
import type { Role } from "./trace-conditioning";

/** A text of a conditioning: the encoder's input, and where the text stands that it takes. */
export interface TextPlace {
  encoder: SlotRef;
  /** Another node's text that the encoder is linked to, if there is exactly one; else the encoder itself. */
  source: SlotRef;
}

const NEUTRAL =
  /^(text|prompt|text_prompt|user_prompt|text_[gl]|clip_[gl]|t5xxl|llama|bert|mt5xl|.+\.prompt)$/i;
const SIDED: Record<Role, RegExp> = {
  positive: /^(positive|positive_prompt|prompt_positive|text_positive)$/i,
  negative: /^(negative|negative_prompt|prompt_negative|text_negative)$/i,
};
/** Inputs through which nodes that hold, join or change a text take it. */
const TEXT_SOURCE = /^(value|source|json_string|(text|string|str|prompt|multiline_text)(_?[a-z0-9])?)$/i;

/** The texts of an encoder for one side of the conditioning; none if the node has no text input. */
export function traceTexts(graph: Graph, id: string, node: GraphNode, role: Role): TextPlace[] {
  const inputs = Object.keys(node.inputs).filter((input) => isTextual(node.inputs[input]));
  const other = role === "positive" ? "negative" : "positive";
  const sided = inputs.filter((input) => SIDED[role].test(input));
  const isSided =
    sided.length > 0 || (role === "negative" && inputs.some((input) => SIDED[other].test(input)));
  const named = isSided ? sided : inputs.filter((input) => NEUTRAL.test(input));
  return named.map((input) => {
    const encoder = slotRef(id, node, input);
    const value = node.inputs[input];
    return { encoder, source: (isLink(value) && soleSource(graph, value)) || encoder };
  });
}

function isTextual(value: unknown): boolean {
  return typeof value === "string" || isLink(value);
}

/** The one text that a link leads to, or null where there are several or none. */
function soleSource(graph: Graph, start: Link): SlotRef | null {
  const found: SlotRef[] = [];
  const seen = new Set<string>();
  const open: string[] = [start[0]];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodeAt(graph, id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    const links = linksOf(node).filter(({ input }) => TEXT_SOURCE.test(input) || /^replace$/i.test(input));
    if (links.length > 0) {
      open.push(...links.map(({ link }) => link[0]));
      continue;
    }
    const texts = Object.keys(node.inputs).filter(
      (input) => TEXT_SOURCE.test(input) && typeof node.inputs[input] === "string",
    );
    if (texts.length === 0) return null;
    found.push(...texts.map((input) => slotRef(id, node, input)));
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The slot of that input. */
export function slotRef(nodeId: string, node: GraphNode, input: string): SlotRef {
  return { nodeId, classType: node.class_type, title: node._meta?.title ?? null, input };
}
