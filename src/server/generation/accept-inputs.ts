import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/server/db/database";
import { sentences, takes } from "@/server/db/schema";

/**
 * Accepts inputs for the takes that are shown, whatever those were made from.
 * @param now the fingerprint of each sentence's inputs as they are now; where none can be made, nothing is accepted
 */
export async function acceptInputs(tx: Tx, now: ReadonlyMap<string, string | null>): Promise<void> {
  const accepted = [...now].flatMap(([id, fingerprint]) =>
    fingerprint === null ? [] : [{ id, fingerprint }],
  );
  if (accepted.length === 0) return;
  const rows = sql`jsonb_to_recordset(${JSON.stringify(accepted)}::text::jsonb) as r(id text, fingerprint text)`;
  await tx.execute(sql`
    update ${takes} set kept_fingerprint = r.fingerprint from ${sentences}, ${rows}
    where ${sentences.id} = r.id and ${takes.id} = ${sentences.selectedTakeId}`);
}

/** The same for those of the sentences that are clean: they stay so. Called before any flag is set. */
export async function acceptWhereClean(tx: Tx, now: ReadonlyMap<string, string | null>): Promise<void> {
  if (now.size === 0) return;
  const clean = await tx
    .select({ id: sentences.id })
    .from(sentences)
    .where(and(inArray(sentences.id, [...now.keys()]), eq(sentences.isImageDirty, false)));
  await acceptInputs(tx, new Map(clean.map(({ id }) => [id, now.get(id) ?? null])));
}
