import type { Graph, GraphNode, Link } from "./graph";
import { isLink, linkAt, linksOf, walkUpstream, nodeAt } from "./graph";
import { primitiveAt } from "./simplify-graph";
import type { LoraSlot, ScaledSlot, SlotRef, Slots } from "./slots";
import type { SamplerTrace } from "./trace-samplers";
import { pictureLinks } from "./trace-samplers";
import { slotRef } from "./trace-text";
import { WorkflowError } from "./workflow-error";

type Settings = Pick<Slots, "seed" | "steps" | "cfg" | "width" | "height" | "scaled" | "lora">;

/** The settings of samplers and of their schedulers, guiders, noises, empty latents and models. */
export function traceSettings(graph: Graph, samplers: readonly SamplerTrace[]): Settings {
  const ids = (nodes: Iterable<string>) => existing(graph, nodes);
  const owners = samplers.flatMap(({ id, node, guiders }) => [{ id, node }, ...guiders]);
  const noises = ids(walkUpstream(graph, sourcesOf(samplers, "noise")));
  const schedulers = ids(walkUpstream(graph, sourcesOf(samplers, "sigmas"), notModelLinks));
  const models = ids(walkUpstream(graph, modelSources([...owners, ...schedulers]), modelLinks));
  const latents = ids(
    walkUpstream(
      graph,
      samplers.map(({ id }) => id),
      pictureLinks,
    ),
  );
  refuseVideo(graph, latents);
  const own = latents.filter(({ node }) => !isResize(node));
  const sized = [...own, ...schedulers, ...models].filter(hasSize);
  // Encoders that are told of the size (SDXL) are so wherever a size can be set at all.
  const told = sized.length > 0 ? ids(encodersOf(samplers)).filter(hasSize) : [];
  return {
    seed: refs([...owners, ...noises], ["noise_seed", "seed"]),
    steps: refs([...owners, ...schedulers], ["steps"]),
    cfg: refs(owners, ["cfg", "cfg_conds"]),
    width: [...refs([...sized, ...told], ["width"]), ...refs(told, ["target_width"])],
    height: [...refs([...sized, ...told], ["height"]), ...refs(told, ["target_height"])],
    scaled: scaledSlots(own.filter(hasSize), latents.filter(({ node }) => isResize(node)).filter(hasSize)),
    lora: loraSlot(graph, [...owners, ...schedulers, ...models], encodersOf(samplers)),
  };
}

interface Place {
  id: string;
  node: GraphNode;
}

const hasSize = ({ node }: Place): boolean =>
  node.inputs["width"] !== undefined && node.inputs["height"] !== undefined;

const encodersOf = (samplers: readonly SamplerTrace[]): string[] =>
  samplers.flatMap(({ positive, negative }) =>
    [...positive.texts, ...negative.texts].map(({ encoder }) => encoder.nodeId),
  );

/** What makes the sampled latent or picture larger, to a size in numbers, before it is sampled again. */
function scaledSlots(sampled: readonly Place[], resizes: readonly Place[]): ScaledSlot[] {
  const sizeOf = ({ node: { inputs } }: Place) => ({ width: inputs["width"], height: inputs["height"] });
  const [base] = sampled.map(sizeOf);
  return resizes.flatMap((resize) => {
    const { width, height } = sizeOf(resize);
    if (typeof width !== "number" || typeof height !== "number") return [];
    if (typeof base?.width !== "number" || typeof base.height !== "number") return [];
    return [{ nodeId: resize.id, widthFactor: width / base.width, heightFactor: height / base.height }];
  });
}

function existing(graph: Graph, ids: Iterable<string>): Place[] {
  return [...ids].flatMap((id) => {
    const node = nodeAt(graph, id);
    return node ? [{ id, node }] : [];
  });
}

function sourcesOf(samplers: readonly SamplerTrace[], input: string): string[] {
  return samplers.flatMap(({ node }) => linkAt(node, input)?.[0] ?? []);
}

function refs(places: readonly Place[], inputs: readonly string[]): SlotRef[] {
  const found = new Map<string, SlotRef>();
  for (const { id, node } of places) {
    const input = inputs.find((name) => node.inputs[name] !== undefined);
    if (input) found.set(id, slotRef(id, node, input));
  }
  return [...found.values()];
}

function isResize(node: GraphNode): boolean {
  return ["samples", "latent", "latent_image", "image", "images", "pixels", "input"].some((input) =>
    linkAt(node, input),
  );
}

/** A latent of several frames makes as many pictures, whatever the output is called. */
function refuseVideo(graph: Graph, latents: readonly Place[]): void {
  for (const { id, node } of latents) {
    const held = node.inputs["length"];
    const frames = isLink(held) ? primitiveAt(graph, held) : held;
    if (typeof frames !== "number" || frames <= 1) continue;
    throw new WorkflowError(
      "workflow_is_video",
      `The workflow makes ${frames} frames (node ${id}, ${node.class_type}); a shot needs one picture.`,
      { field: `${id}.inputs.length`, remedy: "Set length to 1, or choose a workflow that makes a picture." },
    );
  }
}

/** Inputs by which nodes take a model. */
export const MODEL_INPUT = /^(model_?\d*|unet)$/;

function modelLinks(node: GraphNode): Link[] {
  return linksOf(node).flatMap(({ input, link }) => (MODEL_INPUT.test(input) ? [link] : []));
}

function notModelLinks(node: GraphNode): Link[] {
  return linksOf(node).flatMap(({ input, link }) =>
    MODEL_INPUT.test(input) || /^(latent|image|width|height)/.test(input) ? [] : [link],
  );
}

function modelSources(places: readonly Place[]): string[] {
  return places.flatMap(({ node }) => modelLinks(node).map(([source]) => source));
}

/** The outputs where the model's way begins: of loaders, or of nodes that do not say where they take it from. */
function loraSlot(graph: Graph, users: readonly Place[], encoders: readonly string[]): LoraSlot | null {
  const models = new Map<string, LoraSlot["models"][number]>();
  const clips = clipSources(graph, encoders);
  for (const [nodeId, output] of users.flatMap(({ node }) => modelLinks(node))) {
    const node = nodeAt(graph, nodeId);
    if (!node || modelLinks(node).length > 0) continue;
    const { class_type: classType, _meta: meta } = node;
    models.set(JSON.stringify([nodeId, output]), {
      nodeId,
      classType,
      title: meta?.title ?? null,
      output,
      clip: clips.get(nodeId) ?? null,
    });
  }
  return models.size > 0 ? { models: [...models.values()] } : null;
}

/** The outputs where the text encoder's way begins, by their nodes. */
function clipSources(graph: Graph, encoders: readonly string[]): Map<string, number> {
  const sources = new Map<string, number>();
  for (const id of walkUpstream(graph, encoders, clipLinks)) {
    const node = nodeAt(graph, id);
    for (const [source, output] of node ? clipLinks(node) : []) {
      const from = nodeAt(graph, source);
      if (from && clipLinks(from).length === 0) sources.set(source, output);
    }
  }
  return sources;
}

function clipLinks(node: GraphNode): Link[] {
  return linksOf(node).flatMap(({ input, link }) => (/^clip\d*$/.test(input) ? [link] : []));
}
