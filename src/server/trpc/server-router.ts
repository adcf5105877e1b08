import { z } from "zod";
import { queueStatusSchema } from "@/lib/schemas/queue";
import * as schema from "@/lib/schemas/server";
import { chooseFile } from "@/server/services/server/choose-file";
import { checkServer } from "@/server/services/server/check-server";
import { connectServer, disconnectServer } from "@/server/services/server/connect-server";
import { findServers } from "@/server/services/server/find-servers";
import {
  freeServerMemory,
  inspectServer,
  listActivity,
  listServers,
  updateServerSettings,
} from "@/server/services/server/servers";
import { getServerWorkflow, listServerWorkflows } from "@/server/services/server/server-workflows";
import { procedure, router } from "./procedure";

export const serverRouter = router({
  /** The ComfyUIs that were connected by hand, and what is set for all of them. */
  list: procedure.output(schema.serverListOutput).query(({ ctx }) => listServers(ctx.services)),
  /** Looks for ComfyUIs on this machine, ports 8188 and 8000, that are not connected yet. */
  find: procedure.output(schema.serverFindOutput).query(({ ctx }) => findServers(ctx.services)),
  /** Asks a ComfyUI at an address about itself; nothing is stored. */
  check: procedure
    .input(schema.serverAddressInput)
    .output(schema.serverReportSchema)
    .mutation(({ ctx, input }) => checkServer(ctx.services, input)),
  /** Connects a ComfyUI and keeps its address. */
  connect: procedure
    .input(schema.serverAddressInput)
    .output(queueStatusSchema)
    .mutation(({ ctx, input }) => connectServer(ctx.services, input)),
  /** Lets go of a ComfyUI that was connected by hand. */
  disconnect: procedure
    .input(schema.serverInput)
    .output(queueStatusSchema)
    .mutation(({ ctx, input }) => disconnectServer(ctx.services, input)),
  /** What a connected ComfyUI says about itself, and what the models lack there. */
  inspect: procedure
    .input(schema.serverInput)
    .output(schema.serverReportSchema)
    .query(({ ctx, input }) => inspectServer(ctx.services, input)),
  /** What runs and waits on a connected ComfyUI, also of other programs. */
  activity: procedure
    .input(schema.serverInput)
    .output(schema.serverActivityOutput)
    .query(({ ctx, input }) => listActivity(ctx.services, input)),
  /** The workflows that its user saved on a connected ComfyUI, and those that ran there last. */
  workflows: procedure
    .input(schema.serverInput)
    .output(schema.serverWorkflowsOutput)
    .query(({ ctx, input }) => listServerWorkflows(ctx.services, input)),
  /** The text of one of them, for `model.inspect` and `model.create`. */
  workflow: procedure
    .input(schema.serverWorkflowInput)
    .output(schema.serverWorkflowOutput)
    .query(({ ctx, input }) => getServerWorkflow(ctx.services, input)),
  /** Chooses what to load on a connected ComfyUI instead of a file that it does not have. */
  choose: procedure
    .input(schema.serverChoiceInput)
    .output(z.object({ url: z.string() }))
    .mutation(({ ctx, input }) => chooseFile(ctx.services, input)),
  /** Asks a connected ComfyUI to free the GPU's memory. */
  free: procedure
    .input(schema.serverInput)
    .output(z.object({ url: z.string() }))
    .mutation(({ ctx, input }) => freeServerMemory(ctx.services, input)),
  /** Changes what is set for all servers. */
  update: procedure
    .input(schema.serverSettingsInput)
    .output(schema.serverListOutput)
    .mutation(({ ctx, input }) => updateServerSettings(ctx.services, input)),
});
