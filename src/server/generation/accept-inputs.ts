import { and, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/server/db/database";
import { sentences, takes } from "@/server/db/schema";

/**
 * Stands before the fingerprint that a demo picture was accepted for by a change for new pictures only. That was no
 * choice of the picture: it holds as long as the demo renderer is what paints.
 */
const AMONG_DEMO = "demo:";

/** Of a take: the user kept it. */
export const IS_KEPT_BY_HAND = sql`(${takes.keptFingerprint} is not null and not starts_with(${takes.keptFingerprint}, ${AMONG_DEMO}))`;

type Judged = Pick<typeof takes.$inferSelect, "fingerprint" | "keptFingerprint" | "renderer">;

/**
 * Whether a take counts as the picture of these inputs: it was made from them, or accepted for them. What the demo
 * renderer made does not once a real ComfyUI is connected, unless the user kept it.
 */
export function isPictureOf(
  { fingerprint, keptFingerprint, renderer }: Judged,
  inputs: string | null,
  isDemo: boolean,
): boolean {
  // Nothing that a picture could be made from says anything about one that was given.
  if (renderer === "own") return true;
  if (inputs === null) return false;
  if (keptFingerprint === inputs) return true;
  const isLeftOver = renderer === "demo" && !isDemo;
  return !isLeftOver && (fingerprint === inputs || keptFingerprint === AMONG_DEMO + inputs);
}

/**
 * Accepts inputs for the takes that are shown, whatever those were made from.
 * @param now the fingerprint of each sentence's inputs as they are now; where none can be made, nothing is accepted
 */
export const acceptInputs = (tx: Tx, now: ReadonlyMap<string, string | null>): Promise<void> =>
  accept(tx, now, sql`r.fingerprint`);

/** The same for those of the sentences that are clean: they stay so. Called before any flag is set. */
export async function acceptWhereClean(tx: Tx, now: ReadonlyMap<string, string | null>): Promise<void> {
  if (now.size === 0) return;
  const clean = await tx
    .select({ id: sentences.id })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(
      and(
        inArray(sentences.id, [...now.keys()]),
        eq(sentences.isImageDirty, false),
        // These are clean whatever changes.
        ne(takes.renderer, "own"),
      ),
    );
  const isOfDemo = sql`${takes.renderer} = 'demo' and not ${IS_KEPT_BY_HAND}`;
  await accept(
    tx,
    new Map(clean.map(({ id }) => [id, now.get(id) ?? null])),
    sql`case when ${isOfDemo} then ${AMONG_DEMO}::text || r.fingerprint else r.fingerprint end`,
  );
}

async function accept(tx: Tx, now: ReadonlyMap<string, string | null>, kept: SQL): Promise<void> {
  const accepted = [...now].flatMap(([id, fingerprint]) =>
    fingerprint === null ? [] : [{ id, fingerprint }],
  );
  if (accepted.length === 0) return;
  const rows = sql`jsonb_to_recordset(${JSON.stringify(accepted)}::text::jsonb) as r(id text, fingerprint text)`;
  await tx.execute(sql`
    update ${takes} set kept_fingerprint = ${kept} from ${sentences}, ${rows}
    where ${sentences.id} = r.id and ${takes.id} = ${sentences.selectedTakeId}`);
}
