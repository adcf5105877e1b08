import { eq, inArray } from "drizzle-orm";
import type { ServerActivity, ServerList, ServerReport } from "@/lib/schemas/server";
import { generationJobs, projects, sentences } from "@/server/db/schema";
import { freesWhenDone, setFreesWhenDone } from "@/server/generation/free-memory";
import type { ServiceContext } from "../context";
import { asking } from "./ask-server";
import { reportServer } from "./server-report";
import { readServers } from "./stored-servers";

/** The servers that were connected by hand, without what their headers say. */
export async function listServers({ connections, database }: ServiceContext): Promise<ServerList> {
  const { isFromEnvironment } = connections;
  const stored = isFromEnvironment ? [] : await readServers(database.db);
  return {
    isFromEnvironment,
    freesWhenDone: await freesWhenDone(database.db),
    items: stored.map(({ url, headers }) => ({ url, headerNames: Object.keys(headers) })),
  };
}

/** What a connected server says about itself, and what the models lack there; asked anew. */
export async function inspectServer(ctx: ServiceContext, { url }: { url: string }): Promise<ServerReport> {
  return asking(ctx, url, ({ client }, signal) => {
    client.forgetNodeInfo();
    return reportServer(ctx, client, signal);
  });
}

/** What runs and waits on a connected server, also of other programs. */
export async function listActivity(ctx: ServiceContext, { url }: { url: string }): Promise<ServerActivity> {
  const { items } = await asking(ctx, url, ({ client }, signal) => client.queue(signal));
  if (items.length === 0) return { items: [] };
  const rows = await ctx.database.db
    .select({
      promptId: generationJobs.promptId,
      projectId: projects.id,
      projectName: projects.name,
      sentenceId: sentences.id,
      text: sentences.text,
    })
    .from(generationJobs)
    .innerJoin(sentences, eq(sentences.id, generationJobs.sentenceId))
    .innerJoin(projects, eq(projects.id, sentences.projectId))
    .where(
      inArray(
        generationJobs.promptId,
        items.map((one) => one.promptId),
      ),
    );
  const ours = new Map(rows.map(({ promptId, ...shot }) => [promptId, shot]));
  return { items: items.map((one) => ({ ...one, shot: ours.get(one.promptId) ?? null })) };
}

/** Asks a connected server to unload its models: at once where it is idle, else when its present picture is done. */
export async function freeServerMemory(
  ctx: ServiceContext,
  { url }: { url: string },
): Promise<{ url: string }> {
  await asking(ctx, url, ({ client }, signal) => client.free(signal));
  return { url };
}

/** Switches on or off that the GPU's memory is freed when our last job ends. */
export async function updateServerSettings(
  ctx: ServiceContext,
  { freesWhenDone: isOn }: { freesWhenDone: boolean },
): Promise<ServerList> {
  await setFreesWhenDone(ctx.database.db, isOn);
  return listServers(ctx);
}
