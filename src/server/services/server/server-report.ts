import { and, asc, eq } from "drizzle-orm";
import type { ServerReport } from "@/lib/schemas/server";
import { checkWorkflow } from "@/server/comfyui/check-workflow";
import type { ComfyClient } from "@/server/comfyui/comfy-client";
import { generationModels } from "@/server/db/schema";
import { readFileChoices } from "@/server/generation/file-choices";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { WorkflowError } from "@/server/workflow/workflow-error";
import type { ServiceContext } from "../context";

type ReportContext = Pick<ServiceContext, "database" | "library">;

/**
 * What a server says about itself, and what each active model lacks there.
 * @throws ComfyError where it does not answer, or not as ComfyUI does
 */
export async function reportServer(
  ctx: ReportContext,
  client: ComfyClient,
  signal: AbortSignal,
): Promise<ServerReport> {
  const [stats, queue] = await Promise.all([client.stats(signal), client.queue(signal)]);
  const models = await ctx.database.db
    .select()
    .from(generationModels)
    .where(and(eq(generationModels.isActive, true), eq(generationModels.workflowCategory, "image")))
    .orderBy(asc(generationModels.name));
  const choices = await readFileChoices(ctx.database.db, client.url);
  const checked = await Promise.all(
    models.map(async (model) => ({
      id: model.id,
      name: model.name,
      missing: await findMissing(ctx, client, workflowFileOf(model), { choices, signal }),
    })),
  );
  const [device] = stats.devices;
  return {
    url: client.url,
    version: stats.version,
    device: device?.name ?? null,
    vramTotal: device?.vramTotal || null,
    vramFree: device ? device.vramFree : null,
    queueRemaining: queue.remaining,
    models: checked.toSorted((a, b) => a.missing.length - b.missing.length),
  };
}

async function findMissing(
  { library }: ReportContext,
  client: ComfyClient,
  workflowFile: string,
  options: Parameters<typeof checkWorkflow>[2],
): Promise<ServerReport["models"][number]["missing"]> {
  try {
    const { graph } = await library.load(workflowFile);
    const { problems } = await checkWorkflow(client, graph, options);
    return problems.map(({ code, message, remedy, value, folder }) => ({
      code,
      message,
      field: null,
      remedy,
      file: value,
      folder,
    }));
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    const { code, message, field, remedy } = error;
    return [{ code, message, field, remedy, file: null, folder: null }];
  }
}
