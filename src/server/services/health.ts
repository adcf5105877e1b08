import { sql } from "drizzle-orm";
import type { ServiceContext } from "./context";

/** How the parts are: asked by `/healthz`, which answers 200 whatever they say. */
export async function getHealth(ctx: ServiceContext) {
  const database = await ctx.database.db.execute(sql`select 1`).then(
    () => "ok" as const,
    () => "unreachable" as const,
  );
  if (database !== "ok") return { database, comfyui: [], jobs: { queued: 0, running: 0 } };
  const { lanes, queued, running } = await ctx.generation.status();
  return {
    database,
    comfyui: lanes.map(({ url, state, version, queueRemaining }) => ({
      url,
      status: state,
      version,
      queueRemaining,
    })),
    jobs: { queued, running },
  };
}
