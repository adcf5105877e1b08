import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Db } from "@/server/db/database";
import { settings } from "@/server/db/schema";

const KEY = "server.life";
const stored = z.object({ startedAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() });

/** This start of Shotboard, and how the one before it ended. Times are the database's, as those of jobs are. */
export interface Life {
  startedAt: Date;
  /** When the one before ended in order; null where it was killed, or there was none. */
  formerEndedAt: Date | null;
}

/** Notes that a life begins. */
export async function beginLife(db: Db): Promise<Life> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  const former = row ? stored.parse(row.value) : null;
  const startedAt = await readNow(db);
  await write(db, { startedAt: startedAt.toISOString(), endedAt: null });
  return { startedAt, formerEndedAt: former?.endedAt ? new Date(former.endedAt) : null };
}

/** Notes that it ends in order. */
export async function endLife(db: Db, { startedAt }: Life): Promise<void> {
  await write(db, { startedAt: startedAt.toISOString(), endedAt: (await readNow(db)).toISOString() });
}

async function readNow(db: Db): Promise<Date> {
  const result = await db.execute(sql`select (extract(epoch from now()) * 1000)::float8 as ms`);
  return new Date(Number(rowsOf<{ ms: number }>(result)[0]!.ms));
}

async function write(db: Db, value: z.infer<typeof stored>): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });
}
