import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/server/db/database";
import { settings } from "@/server/db/schema";
import type { ServerSetting } from "../context";

const KEY = "comfyui.servers";
const stored = z.array(z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }));

/** The servers that the user connected by hand, in that order. */
export async function readServers(on: Db | Tx): Promise<ServerSetting[]> {
  const [row] = await on.select().from(settings).where(eq(settings.key, KEY));
  return row ? stored.parse(row.value) : [];
}

/**
 * Changes the list of connected servers, in one transaction; answers the new one.
 * @param change may throw: then nothing is stored
 */
export async function changeServers(
  db: Db,
  change: (servers: ServerSetting[]) => ServerSetting[],
): Promise<ServerSetting[]> {
  return db.transaction(async (tx) => {
    // There is a row to lock from the first time on.
    await tx.insert(settings).values({ key: KEY, value: [] }).onConflictDoNothing();
    const [row] = await tx.select().from(settings).where(eq(settings.key, KEY)).for("update");
    const servers = change(stored.parse(row!.value));
    await tx.update(settings).set({ value: servers }).where(eq(settings.key, KEY));
    return servers;
  });
}
