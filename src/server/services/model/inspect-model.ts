import type { z } from "zod";
import { badRequest } from "@/lib/errors";
import type { ModelInspection, modelInspectInput } from "@/lib/schemas/model";
import { checkWorkflow } from "@/server/comfyui/check-workflow";
import { isAway } from "@/server/comfyui/comfy-error";
import { readFileChoices } from "@/server/generation/file-choices";
import type { LaneServer } from "@/server/generation/fleet";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { bindWorkflow } from "@/server/workflow/bind-workflow";
import { nodeAt, type Graph } from "@/server/workflow/graph";
import { listSlots } from "@/server/workflow/list-slots";
import type { LoadedWorkflow } from "@/server/workflow/load-workflow";
import { listPlaces, shortValue } from "@/server/workflow/slot-choices";
import type { ServiceContext } from "../context";
import { requireModel } from "../require-row";
import { completeChoices, matchAgain } from "./choose-slots";
import { inspectUpload } from "./read-upload";
import { atField } from "./save-workflow";

/** ms that a form waits for a server. */
const PATIENCE = 3_000;

type Input = z.infer<typeof modelInspectInput>;
type Model = Awaited<ReturnType<typeof requireModel>>;

interface Inspected {
  workflowFile: string | null;
  loaded: LoadedWorkflow;
  format: ModelInspection["format"];
  warnings: string[];
}

/**
 * What is found in a workflow (a model's, a file's, a text's, or the default of a type), where its values go, and
 * what each connected server lacks for it; nothing is stored.
 * @throws ShotboardError at the field that names a workflow which cannot be used
 */
export async function inspectModel(ctx: ServiceContext, input: Input): Promise<ModelInspection> {
  const model = input.modelId === undefined ? null : await requireModel(ctx.database.db, input.modelId);
  const { workflowFile, loaded, format, warnings } = await load(ctx, input, model);
  const isOther = model !== null && workflowFile !== workflowFileOf(model);
  const matched = model && isOther ? await atField("slotChoices", () => matchAgain(model, loaded)) : null;
  const choices =
    input.slotChoices === undefined
      ? (matched?.choices ?? model?.slotChoices ?? [])
      : completeChoices(loaded.graph, input.slotChoices);
  const { graph, slots, hash } = await atField("slotChoices", () => bindWorkflow(loaded, choices));
  const servers = await Promise.all(ctx.fleet.servers.map((server) => ask(ctx, server, graph)));
  return {
    workflowFile,
    hash,
    nodes: Object.keys(graph).length,
    format,
    warnings,
    slots: listSlots(slots).map((slot) => ({
      ...slot,
      value: shortValue(nodeAt(graph, slot.nodeId)?.inputs[slot.input]),
    })),
    slotChoices: choices,
    places: listPlaces(graph),
    bindings: matched?.bindings ?? [],
    maxReferences: slots.maxReferences,
    servers,
  };
}

async function load(
  ctx: ServiceContext,
  { workflow, workflowFile, workflowType }: Input,
  model: Model | null,
): Promise<Inspected> {
  if (workflow !== undefined) {
    const { loaded, format, warnings } = await atField("workflow", () => inspectUpload(ctx, workflow));
    return { workflowFile: null, loaded, format, warnings };
  }
  const isNamed = workflowFile !== undefined || workflowType !== undefined;
  const type = workflowType ?? (isNamed ? "text-to-image" : model?.workflowType) ?? "text-to-image";
  const field = workflowFile !== undefined ? "workflowFile" : isNamed ? "workflowType" : "modelId";
  if (type === "image-to-video")
    throw badRequest(
      "workflow_is_video",
      "Only workflows that make pictures are looked into, and this one makes a video.",
      field,
      "Give one of type text-to-image or image-to-image.",
    );
  const file = workflowFileOf({
    workflowFile: isNamed ? (workflowFile ?? null) : (model?.workflowFile ?? null),
    workflowType: type,
  });
  const loaded = await atField(field, () => ctx.library.load(file));
  return { workflowFile: file, loaded, format: "api", warnings: [] };
}

async function ask(
  { database }: ServiceContext,
  { client, url, name, isDemo }: LaneServer,
  graph: Graph,
): Promise<ModelInspection["servers"][number]> {
  // What is remembered may be a minute old: the user may just have put the file there.
  client.forgetNodeInfo();
  try {
    const choices = await readFileChoices(database.db, url);
    const signal = AbortSignal.timeout(PATIENCE);
    return { url, name, isDemo, status: "ok", ...(await checkWorkflow(client, graph, { choices, signal })) };
  } catch (error) {
    if (!isAway(error)) throw error;
    return { url, name, isDemo, status: "unreachable", problems: [], replacements: [] };
  }
}
