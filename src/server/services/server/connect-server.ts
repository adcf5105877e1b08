import { conflict, notFound } from "@/lib/errors";
import type { QueueStatus } from "@/lib/schemas/queue";
import type { ServerAddressInput } from "@/lib/schemas/server";
import { announceSentences } from "@/server/generation/announce";
import { dirtyDemoPictures } from "@/server/generation/dirty";
import type { ServiceContext, ServerSetting } from "../context";
import { checkServer } from "./check-server";
import { readAddress } from "./read-address";
import { changeServers } from "./stored-servers";

/** Lanes of one process, as the queue's status has room for them. */
const MOST = 64;

/**
 * Connects a ComfyUI that answers, and keeps its address. The demo renderer ends with the first one: its jobs go on
 * there, and its pictures turn dirty.
 */
export async function connectServer(ctx: ServiceContext, input: ServerAddressInput): Promise<QueueStatus> {
  checkThatWeDecide(ctx);
  const setting = readAddress(input);
  await checkServer(ctx, input);
  const servers = await changeServers(ctx.database.db, (known) => {
    if (known.some((one) => one.url === setting.url))
      throw conflict(
        "already_connected",
        `${setting.url} is connected already.`,
        "url",
        "Disconnect it first to give it other headers.",
      );
    if (known.length >= MOST)
      throw conflict("too_many_servers", `At most ${MOST} ComfyUIs can be connected.`, "url");
    return [...known, setting];
  });
  await use(ctx, servers);
  return ctx.generation.status();
}

/**
 * Lets go of a ComfyUI; what it paints for us goes back into the line. With the last one the queue is paused while
 * something is in it: the demo renderer shall not paint what was asked of a GPU.
 */
export async function disconnectServer(ctx: ServiceContext, { url }: { url: string }): Promise<QueueStatus> {
  checkThatWeDecide(ctx);
  const isLast = ctx.fleet.servers.every((one) => one.url === url);
  const servers = await changeServers(ctx.database.db, (known) => {
    if (!known.some((one) => one.url === url)) throw notFound("connected ComfyUI", url, "url");
    return known.filter((one) => one.url !== url);
  });
  const { queued, running, isPaused } = await ctx.generation.status();
  if (isLast && queued + running > 0 && !isPaused)
    await ctx.generation.setPaused(
      { by: "shotboard", reason: "The last ComfyUI was disconnected while pictures were in line." },
      undefined,
    );
  await use(ctx, servers);
  return ctx.generation.status();
}

async function use(ctx: ServiceContext, servers: readonly ServerSetting[]): Promise<void> {
  await ctx.connections.use(servers);
  if (ctx.fleet.isDemo) return;
  const dirtied = await ctx.database.db.transaction(dirtyDemoPictures);
  await announceSentences(ctx, dirtied, ctx.generation.status);
}

function checkThatWeDecide({ connections }: ServiceContext): void {
  if (connections.isFromEnvironment)
    throw conflict(
      "servers_from_environment",
      "COMFYUI_URL says which ComfyUIs there are, in the environment or in .env.",
      "url",
      "Change it there and start Shotboard again, or take it out to connect them here.",
    );
}
