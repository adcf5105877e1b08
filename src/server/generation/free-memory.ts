import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/server/db/database";
import { generationJobs, settings } from "@/server/db/schema";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";

const FREES_WHEN_DONE = "comfyui.freesWhenDone";

/** Whether the GPU's memory is freed when our last job ends; off unless the user switched it on. */
export async function freesWhenDone(db: Db): Promise<boolean> {
  const [row] = await db.select().from(settings).where(eq(settings.key, FREES_WHEN_DONE));
  return row?.value === true;
}

export async function setFreesWhenDone(db: Db, isOn: boolean): Promise<void> {
  await db
    .insert(settings)
    .values({ key: FREES_WHEN_DONE, value: isOn })
    .onConflictDoUpdate({ target: settings.key, set: { value: isOn } });
}

/**
 * Frees the memory of a server that has nothing left to do, for us or anybody else, where that is switched on.
 * @param isPaused whether it is handed no work, so that what waits is not for now
 * @returns whether it is to be done later, since another program's prompts are there
 */
export async function freeWhenDone(
  { database, log }: Pick<GenerationContext, "database" | "log">,
  { client, url, isDemo }: LaneServer,
  { isPaused }: { isPaused: boolean },
): Promise<boolean> {
  const { db } = database;
  if (isDemo || !(await freesWhenDone(db))) return false;
  const ours = isPaused
    ? and(eq(generationJobs.status, "running"), eq(generationJobs.lane, url))
    : // What waits needs the models again soon.
      inArray(generationJobs.status, ["queued", "running"]);
  if ((await db.$count(generationJobs, ours)) > 0) return false;
  try {
    if ((await client.queue()).remaining > 0) return true;
    await client.free();
    log.info("The GPU's memory was freed", { lane: url });
  } catch (error) {
    if (!(error instanceof ComfyError)) throw error;
    log.warn("ComfyUI could not free memory", { lane: url, error });
  }
  return false;
}
