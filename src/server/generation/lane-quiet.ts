import { eq } from "drizzle-orm";
import type { ComfySession, SessionListener } from "@/server/comfyui/comfy-session";
import { longer, type Quiet } from "@/server/comfyui/stall-limits";
import { lanes } from "@/server/db/schema";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";

type Ctx = Pick<GenerationContext, "database" | "log">;

/** Opens a lane's session, which knows what was learned of its server's silences in earlier lives, and keeps what it learns. */
export function openLaneSession(
  ctx: Ctx,
  server: LaneServer,
  listener: Omit<SessionListener, "onQuiet"> = {},
): ComfySession {
  const failed = (error: unknown) =>
    ctx.log.warn("How long a lane may be silent could not be kept", { lane: server.url, error });
  const session = server.client.openSession({
    ...listener,
    onQuiet: (longest) => void keepQuiet(ctx, server, longest).catch(failed),
  });
  readQuiet(ctx, server.url).then((quiet) => session.remember(quiet), failed);
  return session;
}

async function readQuiet({ database }: Ctx, url: string): Promise<Quiet> {
  const [row] = await database.db.select({ quiet: lanes.quiet }).from(lanes).where(eq(lanes.url, url));
  return row?.quiet ?? {};
}

/** Another process may have had the lane meanwhile: the longer silences stay. */
async function keepQuiet({ database }: Ctx, { url, name }: LaneServer, longest: Quiet): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.insert(lanes).values({ url, name }).onConflictDoNothing();
    const [row] = await tx.select({ quiet: lanes.quiet }).from(lanes).where(eq(lanes.url, url)).for("update");
    await tx
      .update(lanes)
      .set({ quiet: longer(row?.quiet ?? {}, longest) })
      .where(eq(lanes.url, url));
  });
}
