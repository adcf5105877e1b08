import { fillReferences } from "./fill-references";
import type { Graph } from "./graph";
import { linkAt } from "./graph";
import { GraphDraft } from "./graph-draft";
import { simplifyGraph } from "./simplify-graph";
import type { SlotRef, Slots } from "./slots";
import { fillSteps } from "./fill-steps";
import { WorkflowError } from "./workflow-error";

export interface FillValues {
  prompt: string;
  /** null: the workflow's own stays. */
  negative: string | null;
  seed: number;
  /** null: the workflow's own stay. */
  steps: number | null;
  /** null: the workflow's own stays. */
  cfg: number | null;
  /** In pixels. */
  width: number;
  height: number;
  /** What LoadImage takes (`subfolder/name`), in order; empty: the reference chain is cut out. */
  references: string[];
  lora: { file: string; strength: number } | null;
  filenamePrefix: string;
}

export interface FilledWorkflow {
  graph: Graph;
  /** The SaveImage node whose picture is the result. */
  outputNodeId: string;
  /** A sentence for each value that the workflow has no place for. */
  notes: string[];
}

/**
 * A workflow with the values of one picture in it, and nothing in it but what that picture needs. The given graph
 * is not changed. `slots` are the ones found in this graph.
 * Throws `WorkflowError`: `workflow_needs_reference` if there is no reference and the graph cannot do without,
 * `workflow_slots_outdated` if the slots belong to another graph.
 */
export function fillWorkflow(graph: Graph, slots: Slots, values: FillValues): FilledWorkflow {
  const draft = new GraphDraft(simplifyGraph(graph));
  const outputNodeId = addOutput(draft, slots.output, values.filenamePrefix);
  draft.keepOnlyWhatNeeds(outputNodeId);
  const notes = [
    ...fillAll(draft, slots.prompt, values.prompt, "The workflow has no prompt: it was left out."),
    ...(values.negative === null ? [] : fillNegative(draft, slots, values.negative)),
    ...fillAll(draft, slots.seed, values.seed, "The workflow has no seed: it was left out."),
    ...(values.steps === null ? [] : fillSteps(draft, slots.steps, values.steps)),
    ...(values.cfg === null
      ? []
      : fillAll(draft, slots.cfg, values.cfg, "The workflow has no cfg: it was left out.")),
    ...fillSize(draft, slots, values),
    ...fillReferences(draft, slots, values.references),
    ...(values.lora === null ? [] : fillLora(draft, slots, values.lora)),
  ];
  makeOnePicture(draft);
  draft.keepOnlyWhatNeeds(outputNodeId);
  return { graph: draft.toGraph(), outputNodeId, notes };
}

/** A SaveImage of our own on the chosen picture; the other outputs go with all that the picture does not need. */
function addOutput(draft: GraphDraft, output: SlotRef, filenamePrefix: string): string {
  const picture = linkAt(draft.node(output.nodeId), output.input);
  if (!picture) {
    throw new WorkflowError(
      "workflow_slots_outdated",
      `Node ${output.nodeId} takes no picture any more: the workflow was changed after its inputs were found.`,
      { field: `${output.nodeId}.inputs.${output.input}`, remedy: "Load the workflow again." },
    );
  }
  return draft.add("shotboard-picture", {
    class_type: "SaveImage",
    inputs: { images: picture, filename_prefix: filenamePrefix },
    _meta: { title: "Shotboard picture" },
  });
}

function fillAll(draft: GraphDraft, places: readonly SlotRef[], value: unknown, missing: string): string[] {
  for (const { nodeId, input } of places) draft.setInput(nodeId, input, value);
  return places.length > 0 ? [] : [missing];
}

function fillNegative(draft: GraphDraft, slots: Slots, negative: string): string[] {
  const notes = fillAll(
    draft,
    slots.negative,
    negative,
    "The workflow has no negative prompt: it was left out.",
  );
  return negative === "" ? [] : notes;
}

function fillSize(draft: GraphDraft, slots: Slots, { width, height }: FillValues): string[] {
  // Where these are links, to the size of a reference, say, the number takes the link's place.
  for (const { nodeId, input } of slots.width) draft.setInput(nodeId, input, width);
  for (const { nodeId, input } of slots.height) draft.setInput(nodeId, input, height);
  for (const { nodeId, widthFactor, heightFactor } of slots.scaled) {
    draft.setInput(nodeId, "width", toGrid(width * widthFactor));
    draft.setInput(nodeId, "height", toGrid(height * heightFactor));
  }
  if (slots.width.length > 0 && slots.height.length > 0) return [];
  return [`The workflow has no width and height: ${width}×${height} was left out.`];
}

function fillLora(draft: GraphDraft, slots: Slots, lora: NonNullable<FillValues["lora"]>): string[] {
  if (!slots.lora) return [`The workflow has no place for a LoRA: ${lora.file} was left out.`];
  for (const { nodeId, output, clip } of slots.lora.models) {
    draft.node(nodeId);
    const model = { model: [nodeId, output], lora_name: lora.file, strength_model: lora.strength };
    const id = draft.add("shotboard-lora", {
      class_type: clip === null ? "LoraLoaderModelOnly" : "LoraLoader",
      inputs: clip === null ? model : { ...model, clip: [nodeId, clip], strength_clip: lora.strength },
      _meta: { title: "Shotboard style" },
    });
    draft.relink([nodeId, output], [id, 0], [id]);
    if (clip !== null) draft.relink([nodeId, clip], [id, 1], [id]);
  }
  return [];
}

/** Sizes that every latent takes. */
const toGrid = (side: number): number => Math.max(16, Math.round(side / 16) * 16);

function makeOnePicture(draft: GraphDraft): void {
  for (const [id, node] of draft.entries()) {
    if (node.inputs["batch_size"] !== undefined) draft.setInput(id, "batch_size", 1);
    if (node.class_type === "RepeatLatentBatch") draft.setInput(id, "amount", 1);
  }
}
