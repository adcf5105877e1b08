import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { ServiceContext } from "./context";

/** ms that the database may take to say that it is there. */
const PATIENCE = 3_000;

/** Whether work can be taken: the database answers. A ComfyUI that is away is waited for, and no reason. */
export async function isReady({ database }: Pick<ServiceContext, "database">): Promise<boolean> {
  const given = new AbortController();
  const answered = database.db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  const isSilent = wait(PATIENCE, false, { signal: given.signal }).catch(() => false);
  return Promise.race([answered, isSilent]).finally(() => given.abort());
}

/** How the parts are: asked by `/healthz`, which answers 200 whatever they say. */
export async function getHealth(ctx: ServiceContext) {
  const database = (await isReady(ctx)) ? ("ok" as const) : ("unreachable" as const);
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
