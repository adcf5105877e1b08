import type { Graph, GraphNode, Link } from "./graph";
import { isLink, linkAt, linksOf, walkUpstream, nodeAt } from "./graph";
import { primitiveAt } from "./simplify-graph";
import type { LoraSlot, SlotRef, Slots } from "./slots";
import type { SamplerTrace } from "./trace-samplers";
import { pictureLinks } from "./trace-samplers";
import { slotRef } from "./trace-text";
import { WorkflowError } from "./workflow-error";

type Settings = Pick<Slots, "seed" | "steps" | "cfg" | "width" | "height" | "lora">;

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
  const sized = [...latents.filter(({ node }) => !isResize(node)), ...schedulers, ...models].filter(
    ({ node }) => node.inputs["width"] !== undefined && node.inputs["height"] !== undefined,
  );
  return {
    seed: refs([...owners, ...noises], ["noise_seed", "seed"]),
    steps: refs([...owners, ...schedulers], ["steps"]),
    cfg: refs(owners, ["cfg", "cfg_conds"]),
    width: refs(sized, ["width"]),
    height: refs(sized, ["height"]),
    lora: loraSlot(graph, [...owners, ...schedulers, ...models]),
  };
}

interface Place {
  id: string;
  node: GraphNode;
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

const MODEL_INPUT = /^(model_?\d*|unet)$/;

/** The links by which a node takes a model. */
export function modelLinks(node: GraphNode): Link[] {
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
function loraSlot(graph: Graph, users: readonly Place[]): LoraSlot | null {
  const models = new Map<string, LoraSlot["models"][number]>();
  for (const [nodeId, output] of users.flatMap(({ node }) => modelLinks(node))) {
    const node = nodeAt(graph, nodeId);
    if (!node || modelLinks(node).length > 0) continue;
    const { class_type: classType, _meta: meta } = node;
    models.set(JSON.stringify([nodeId, output]), {
      nodeId,
      classType,
      title: meta?.title ?? null,
      output,
    });
  }
  return models.size > 0 ? { models: [...models.values()] } : null;
}
