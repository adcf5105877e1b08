import type { Graph, GraphNode } from "./graph";
import { describeNode, linkAt, linksOf, nodeAt, walkUpstream } from "./graph";
import type { SlotRef } from "./slots";
import type { SamplerTrace } from "./trace-samplers";
import { pictureLinks, traceSamplers } from "./trace-samplers";
import { WorkflowError } from "./workflow-error";

export interface FoundOutput {
  output: SlotRef;
  /** The samplers that make its picture from a prompt, at least one. */
  samplers: SamplerTrace[];
}

const VIDEO_OUTPUT = /^(SaveAnimated|SaveWEBM$|(Save|Preview).*Video)|VideoCombine$/i;
const PICTURE_OUTPUT = /save|preview/i;
const IMAGE_REMEDY = "Add a SaveImage node to the picture in ComfyUI and export the workflow again.";

/** Everything in a graph that puts out a picture, in its order: what a user may choose. */
export function listOutputs(graph: Graph): SlotRef[] {
  return Object.entries(graph).flatMap(([id, node]) => pictureOutput(id, node));
}

/**
 * The output whose picture is used: the chosen one, or of several that come from a sampler with a prompt: one that saves before one
 * that previews; then the one furthest down the graph (behind an upscaler, say); then the last in the file.
 * Throws `workflow_is_video`, `workflow_no_output`, `workflow_no_sampler`, `workflow_no_prompt`, and
 * `workflow_slots_outdated` where the chosen one is no output.
 */
export function findOutput(graph: Graph, chosen?: string): FoundOutput {
  if (chosen !== undefined) return chosenOutput(graph, chosen);
  const consumed = new Set(
    Object.values(graph).flatMap((node) => linksOf(node).map(({ link: [source] }) => source)),
  );
  const sinks = Object.entries(graph).filter(([id]) => !consumed.has(id));
  const video = sinks.find(([, node]) => VIDEO_OUTPUT.test(node.class_type));
  const pictures = sinks.flatMap(([id, node]) => pictureOutput(id, node));
  const saves = pictures.filter(({ classType }) => !isPreview(classType));
  const previews = video ? [] : pictures.filter(({ classType }) => isPreview(classType));

  const refusals: WorkflowError[] = [];
  const refused = new Set<string>();
  for (const candidates of [furthestFirst(graph, saves), furthestFirst(graph, previews)]) {
    for (const output of candidates) {
      const source = pictureSource(graph, output);
      // What lies on the way of a refused picture has no other samplers: no need to look again.
      if (refused.has(source)) continue;
      const found = trySamplers(graph, output);
      if (!(found instanceof WorkflowError)) return { output, samplers: found };
      refusals.push(found);
      for (const id of walkUpstream(graph, [source], pictureLinks)) refused.add(id);
    }
  }
  if (video) {
    throw new WorkflowError(
      "workflow_is_video",
      `The workflow makes a video (${describeNode(...video)}); a shot needs one that makes a picture.`,
      { field: video[0], remedy: "Choose a workflow that ends in a SaveImage node." },
    );
  }
  throw (
    refusals.find(({ code }) => code === "workflow_no_prompt") ??
    refusals[0] ??
    new WorkflowError("workflow_no_output", "The workflow has no output that is a picture.", {
      remedy: IMAGE_REMEDY,
    })
  );
}

function chosenOutput(graph: Graph, chosen: string): FoundOutput {
  const output = listOutputs(graph).find(({ nodeId }) => nodeId === chosen);
  if (!output) {
    throw new WorkflowError(
      "workflow_slots_outdated",
      `The picture is taken from node ${chosen}, which puts out none, or is not there.`,
      { field: "slotChoices", remedy: "Choose another output, or let it be found again." },
    );
  }
  const samplers = trySamplers(graph, output);
  if (samplers instanceof WorkflowError) throw samplers;
  return { output, samplers };
}

function pictureOutput(nodeId: string, node: GraphNode): SlotRef[] {
  if (!PICTURE_OUTPUT.test(node.class_type) || VIDEO_OUTPUT.test(node.class_type)) return [];
  const input = ["images", "image"].find((name) => linkAt(node, name));
  if (!input) return [];
  return [{ nodeId, classType: node.class_type, title: node._meta?.title ?? null, input }];
}

function isPreview(classType: string): boolean {
  return /preview/i.test(classType);
}

function furthestFirst(graph: Graph, outputs: SlotRef[]): SlotRef[] {
  if (outputs.length < 2) return outputs;
  const sources = new Map(outputs.map((output) => [output, pictureSource(graph, output)]));
  const parents = [...sources.values()].flatMap((id) => {
    const node = nodeAt(graph, id);
    return node ? linksOf(node).map(({ link: [parent] }) => parent) : [];
  });
  const inTheMiddle = walkUpstream(graph, parents);
  const isMiddle = (output: SlotRef) => inTheMiddle.has(sources.get(output) ?? "");
  const lastFirst = outputs.toReversed();
  return [...lastFirst.filter((output) => !isMiddle(output)), ...lastFirst.filter(isMiddle)];
}

function pictureSource(graph: Graph, output: SlotRef): string {
  const node = nodeAt(graph, output.nodeId);
  return (node && linkAt(node, output.input)?.[0]) ?? "";
}

function trySamplers(graph: Graph, output: SlotRef): SamplerTrace[] | WorkflowError {
  const all = traceSamplers(graph, pictureSource(graph, output));
  const place = `The picture of node ${output.nodeId} (${output.classType})`;
  if (all.length === 0) {
    return new WorkflowError("workflow_no_sampler", `${place} does not come from a sampler.`, {
      field: output.nodeId,
      remedy: "Choose a workflow whose saved picture is made by a sampler such as KSampler.",
    });
  }
  // A sampler without a text, such as one that estimates depth, has settings of its own that are left alone.
  const prompted = all.filter(({ positive }) => positive.texts.length > 0);
  if (prompted.length > 0) return prompted;
  return new WorkflowError("workflow_no_prompt", `${place} comes from a sampler without a text prompt.`, {
    field: output.nodeId,
    remedy: "Connect a text encoder such as CLIPTextEncode to the sampler's positive input.",
  });
}
