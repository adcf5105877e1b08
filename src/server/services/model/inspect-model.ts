import type { z } from "zod";
import { badRequest } from "@/lib/errors";
import type { ModelInspection, modelInspectInput } from "@/lib/schemas/model";
import { checkWorkflow } from "@/server/comfyui/check-workflow";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { LaneServer } from "@/server/generation/fleet";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { listSlots } from "@/server/workflow/list-slots";
import type { Graph } from "@/server/workflow/graph";
import { readWorkflow, type LoadedWorkflow } from "@/server/workflow/load-workflow";
import type { ServiceContext } from "../context";
import { requireModel } from "../require-row";
import { atField } from "./save-workflow";

/** ms that a form waits for a server. */
const PATIENCE = 3_000;

/**
 * What is found in a workflow (a model's, a file's, a text's, or the default of a type), and what each connected
 * server lacks for it; nothing is stored.
 * @throws ShotboardError at the field that names a workflow which cannot be used
 */
export async function inspectModel(
  ctx: ServiceContext,
  input: z.infer<typeof modelInspectInput>,
): Promise<ModelInspection> {
  const { workflowFile, loaded } = await load(ctx, input);
  const { graph, slots, hash } = loaded;
  const servers = await Promise.all(ctx.fleet.servers.map((server) => ask(server, graph)));
  return {
    workflowFile,
    hash,
    nodes: Object.keys(graph).length,
    slots: listSlots(slots),
    maxReferences: slots.maxReferences,
    servers,
  };
}

async function load(
  ctx: ServiceContext,
  { modelId, workflow, workflowFile, workflowType }: z.infer<typeof modelInspectInput>,
): Promise<{ workflowFile: string | null; loaded: LoadedWorkflow }> {
  if (workflow !== undefined)
    return { workflowFile: null, loaded: await atField("workflow", () => readWorkflow(workflow)) };
  const model = modelId === undefined ? null : await requireModel(ctx.database.db, modelId);
  const field = model ? "modelId" : workflowFile === undefined ? "workflowType" : "workflowFile";
  const type = model?.workflowType ?? workflowType ?? "text-to-image";
  if (type === "image-to-video")
    throw badRequest(
      "workflow_is_video",
      "Only workflows that make pictures are looked into, and this one makes a video.",
      field,
      "Give one of type text-to-image or image-to-image.",
    );
  const file = workflowFileOf({
    workflowFile: model?.workflowFile ?? workflowFile ?? null,
    workflowType: type,
  });
  return { workflowFile: file, loaded: await atField(field, () => ctx.library.load(file)) };
}

async function ask(
  { client, url, name, isDemo }: LaneServer,
  graph: Graph,
): Promise<ModelInspection["servers"][number]> {
  // What is remembered may be a minute old: the user may just have put the file there.
  client.forgetNodeInfo();
  try {
    const { problems } = await checkWorkflow(client, graph, AbortSignal.timeout(PATIENCE));
    return { url, name, isDemo, status: "ok", problems };
  } catch (error) {
    const isAway = error instanceof ComfyError || (error instanceof Error && error.name === "TimeoutError");
    if (!isAway) throw error;
    return { url, name, isDemo, status: "unreachable", problems: [] };
  }
}
