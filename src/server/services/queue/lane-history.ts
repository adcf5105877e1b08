import { desc, eq } from "drizzle-orm";
import type { LaneHistory } from "@/lib/schemas/report";
import { laneEvents } from "@/server/db/schema";
import type { ServiceContext } from "../context";

/** Entries of one answer. */
const MOST = 200;

/** What happened to a lane, or to all, newest first. */
export async function listLaneHistory(
  { database }: Pick<ServiceContext, "database">,
  { lane }: { lane?: string | undefined } = {},
): Promise<LaneHistory> {
  const rows = await database.db
    .select()
    .from(laneEvents)
    .where(lane === undefined ? undefined : eq(laneEvents.url, lane))
    .orderBy(desc(laneEvents.at), desc(laneEvents.id))
    .limit(MOST);
  return {
    items: rows.map(({ url, state, message, at }) => ({ lane: url, state, message, at: at.toISOString() })),
  };
}
