import type { z } from "zod";
import type { serverWorkflowInput, serverWorkflowsOutput } from "@/lib/schemas/server";
import type { ServiceContext } from "../context";
import { asking } from "./ask-server";

/** The workflows that its user saved on a connected server, and those that ran there last. */
export async function listServerWorkflows(
  ctx: ServiceContext,
  { url }: { url: string },
): Promise<z.infer<typeof serverWorkflowsOutput>> {
  const items = await asking(ctx, url, ({ client }, signal) => client.workflows(signal));
  return { items: items.map(({ at, ...one }) => ({ ...one, at: at?.toISOString() ?? null })) };
}

/** The text of one of them. */
export async function getServerWorkflow(
  ctx: ServiceContext,
  { url, kind, id }: z.infer<typeof serverWorkflowInput>,
): Promise<{ text: string }> {
  return { text: await asking(ctx, url, ({ client }, signal) => client.workflow({ kind, id }, signal)) };
}
