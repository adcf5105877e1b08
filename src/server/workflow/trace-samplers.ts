import type { Graph, GraphNode, Link } from "./graph";
import { linkAt, linksOf, nodeAt, walkUpstream } from "./graph";
import type { ConditioningTrace } from "./trace-conditioning";
import { traceConditioning } from "./trace-conditioning";

export interface SamplerTrace {
  id: string;
  node: GraphNode;
  /** The guiders of a sampler that takes its conditioning through one. */
  guiders: { id: string; node: GraphNode }[];
  positive: ConditioningTrace;
  negative: ConditioningTrace;
}

/** Links that carry something else than the picture or latent that is worked on. */
const NOT_PICTURE =
  /^(.*model.*|clip.*|.*vae|positive|negative|cond.*|control_?net|guider|noise|sampler.*|sigmas|.*mask.*|width|height|.*seed|steps|cfg|denoise|batch_size|length|text|prompt|switch|bypass)$/i;

/** All samplers that the picture of that node comes from, through upscalers and further passes. */
export function traceSamplers(graph: Graph, pictureNode: string): SamplerTrace[] {
  const follow = (node: GraphNode) => [
    ...pictureLinks(node),
    ...(isSampler(node) ? earlierStages(graph, node) : []),
  ];
  return [...walkUpstream(graph, [pictureNode], follow)].flatMap((id) => {
    const node = nodeAt(graph, id);
    return node && isSampler(node) ? [traceSampler(graph, id, node)] : [];
  });
}

/** Latents of an earlier stage that come by way of the conditioning, as in Stable Cascade. */
function earlierStages(graph: Graph, sampler: GraphNode): Link[] {
  const conditioned = (node: GraphNode) =>
    linksOf(node).flatMap(({ input, link }) =>
      /^(positive|negative|cond.*|guider)$/i.test(input) ? [link] : [],
    );
  const starts = conditioned(sampler).map(([source]) => source);
  return [...walkUpstream(graph, starts, conditioned)].flatMap((id) => {
    const node = nodeAt(graph, id);
    const link = node && linkAt(node, "stage_c");
    return link ? [link] : [];
  });
}

/** The links along which a picture or a latent reaches a node. */
export function pictureLinks(node: GraphNode): Link[] {
  return linksOf(node).flatMap(({ input, link }) => (NOT_PICTURE.test(input) ? [] : [link]));
}

/** By its inputs, not its class: what samples is guided, or has a positive conditioning and steps or sigmas. */
function isSampler(node: GraphNode): boolean {
  const hasSchedule = node.inputs["steps"] !== undefined || linkAt(node, "sigmas") !== null;
  return hasSchedule && (linkAt(node, "guider") ?? linkAt(node, "positive")) !== null;
}

function traceSampler(graph: Graph, id: string, node: GraphNode): SamplerTrace {
  const guiders = tracedGuiders(graph, node);
  const holders = guiders.length > 0 ? guiders.map((guider) => guider.node) : [node];
  const positive = holders.flatMap((holder) => firstLink(holder, ["positive", "conditioning", "cond1"]));
  // DualCFGGuider's second conditioning is what guidance leads away from: the references without the prompt.
  const negative = holders.flatMap((holder) => [
    ...firstLink(holder, ["negative"]),
    ...firstLink(holder, ["cond2"]),
  ]);
  return {
    id,
    node,
    guiders,
    positive: tracePositive(graph, positive),
    negative: traceConditioning(graph, negative, "negative"),
  };
}

/** A text that is zeroed out (SDXL revision) is still where a prompt belongs, if there is no other. */
function tracePositive(graph: Graph, starts: readonly Link[]): ConditioningTrace {
  const trace = traceConditioning(graph, starts, "positive");
  return trace.texts.length > 0
    ? trace
    : traceConditioning(graph, starts, "positive", { isThroughZero: true });
}

function tracedGuiders(graph: Graph, node: GraphNode): { id: string; node: GraphNode }[] {
  const guider = linkAt(node, "guider");
  if (!guider) return [];
  const ids = walkUpstream(graph, [guider[0]], (holder) => firstLink(holder, ["guider"]));
  return [...ids].flatMap((id) => {
    const holder = nodeAt(graph, id);
    return holder ? [{ id, node: holder }] : [];
  });
}

function firstLink(node: GraphNode, inputs: string[]): Link[] {
  for (const input of inputs) {
    const link = linkAt(node, input);
    if (link) return [link];
  }
  return [];
}
