import { badRequest } from "@/lib/errors";
import { askNodeInfos } from "@/server/comfyui/check-workflow";
import { isAway } from "@/server/comfyui/comfy-error";
import type { LaneServer } from "@/server/generation/fleet";
import { readWorkflow, type LoadedWorkflow } from "@/server/workflow/load-workflow";
import type { NodeInfo } from "@/server/workflow/node-info";
import { readSource, toGraph, type WorkflowSource } from "@/server/workflow/read-source";
import type { ServiceContext } from "../context";

/** ms that a request waits for the definitions of a server. */
const PATIENCE = 10_000;

export interface UploadedWorkflow {
  format: WorkflowSource["format"];
  /** In API format. */
  text: string;
  warnings: string[];
}

/**
 * A workflow that was uploaded, in API format; one in the editor's format is converted with what the connected
 * servers say of its nodes.
 * @throws WorkflowError for what is wrong with it, ShotboardError where no server can tell what its nodes are
 */
export async function readUpload(
  { fleet }: Pick<ServiceContext, "fleet">,
  text: string,
): Promise<UploadedWorkflow> {
  const source = readSource(text);
  if (source.format === "api") return { format: "api", text, warnings: [] };
  const infos = await askServers(fleet.servers, source.classes);
  const unknown = source.classes.filter((one) => !infos.get(one));
  if (unknown.length > 0 && fleet.servers.every(({ isDemo }) => isDemo))
    throw needsServer(`The demo renderer does not know ${nodes(unknown)}`);
  if (infos.size === 0 && source.classes.length > 0) throw needsServer("No connected ComfyUI answers");
  const { graph, warnings } = toGraph(source, infos);
  return { format: "editor", text: JSON.stringify(graph), warnings: warnings.map(({ message }) => message) };
}

/** An uploaded workflow with its slots. Throws as `readUpload` and `findSlots` do. */
export async function inspectUpload(
  ctx: Pick<ServiceContext, "fleet">,
  text: string,
): Promise<UploadedWorkflow & { loaded: LoadedWorkflow }> {
  const upload = await readUpload(ctx, text);
  return { ...upload, loaded: readWorkflow(upload.text) };
}

/** What the first server that knows a class says of it. Empty where none answers. */
async function askServers(
  servers: readonly LaneServer[],
  classes: readonly string[],
): Promise<Map<string, NodeInfo | null>> {
  const graph = Object.fromEntries(classes.map((one) => [one, { class_type: one, inputs: {} }]));
  const answers = await Promise.all(
    servers.map(async ({ client }) => {
      try {
        return await askNodeInfos(client, graph, AbortSignal.timeout(PATIENCE));
      } catch (error) {
        if (!isAway(error)) throw error;
        return new Map<string, NodeInfo | null>();
      }
    }),
  );
  const all = new Map<string, NodeInfo | null>();
  for (const [name, info] of answers.flatMap((answer) => [...answer])) all.set(name, all.get(name) ?? info);
  return all;
}

const nodes = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} other nodes` : names.join(", ");

const needsServer = (why: string) =>
  badRequest(
    "workflow_needs_server",
    `${why}: a workflow as the editor saves it can only be read with what ComfyUI says of its nodes.`,
    "workflow",
    'Connect your ComfyUI on the Queue page first, or use the workflow\'s "Export (API)".',
  );
