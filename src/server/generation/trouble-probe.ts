import { sql } from "drizzle-orm";
import { diskProblemOf } from "@/lib/disk-problem";
import type { Failure } from "@/lib/schemas/common";
import type { LaneServer } from "./fleet";
import type { GenerationContext } from "./generation-context";

/** Asks whether a trouble is over. It throws a ComfyError where the server does not answer at all. */
export type Probe = () => Promise<boolean>;

/** Part of a GPU's memory that has become free since, so that another try is worth while. */
const FREED = 0.1;

/**
 * How a trouble's end is found out without a picture to try it with; null where only a try tells. A failed GPU works
 * again after a restart of ComfyUI, which is noticed by its socket.
 */
export function probeFor(
  ctx: Pick<GenerationContext, "database" | "images">,
  { client }: LaneServer,
  { code }: Pick<Failure, "code">,
): Probe | null {
  switch (code) {
    case "database_away":
      return async () => {
        await ctx.database.db.execute(sql`select 1`);
        return true;
      };
    case "disk_full":
    case "data_folder_unwritable":
      return () => isRoomThere(ctx.images);
    case "comfyui_disk_full":
      return () => client.hasRoom();
    case "out_of_memory":
      return afterFreed(client);
    case "stalled":
      return afterLetGo(client);
    case "refused":
      return async () => {
        await client.queue();
        return true;
      };
    default:
      return null;
  }
}

/** Whether Shotboard itself can store pictures again. */
async function isRoomThere(images: GenerationContext["images"]): Promise<boolean> {
  try {
    await images.checkRoom();
    return true;
  } catch (error) {
    if (diskProblemOf(error) === null) throw error;
    return false;
  }
}

/** Whether memory has become free since the first look: what runs beside us may have ended. */
function afterFreed(client: LaneServer["client"]): Probe {
  let before: number | null = null;
  return async () => {
    const [device] = (await client.stats()).devices;
    if (!device || device.vramTotal <= 0) return false;
    before ??= device.vramFree;
    return device.vramFree - before > device.vramTotal * FREED;
  };
}

/** Whether what ran at the first look runs no more: then it let go of it, whoever's prompts come after. */
function afterLetGo(client: LaneServer["client"]): Probe {
  let before: readonly string[] | null = null;
  return async () => {
    const { running } = await client.queue();
    before ??= running;
    return !before.some((promptId) => running.includes(promptId));
  };
}
