import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/server/db/database";
import * as schema from "@/server/db/schema";

/** Every row of every table but the lanes', whose leases and history grow by themselves: to see that nothing was changed. */
export async function dumpDatabase({ db }: Database): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const table of Object.values(schema)) {
    if (!is(table, PgTable) || table === schema.lanes || table === schema.laneEvents) continue;
    const rows = await db.select().from(table);
    dump[getTableConfig(table).name] = rows.toSorted((a, b) =>
      JSON.stringify(a).localeCompare(JSON.stringify(b)),
    );
  }
  return dump;
}
