import { eq, inArray, sql } from "drizzle-orm";
import { fingerprint } from "@/lib/plan/fingerprint";
import type { PlanInputs } from "@/lib/plan/plan";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import { rowsOf, type Tx } from "@/server/db/database";
import { projects, sentences, takes } from "@/server/db/schema";
import { acceptWhereClean, IS_KEPT_BY_HAND, isPictureOf } from "./accept-inputs";
import type { Fleet } from "./fleet";
import { readProjectPlans } from "./plan-inputs";
import type { WorkflowLibrary } from "./workflow-library";

/** The fingerprint of a picture made from these inputs, or null where none could be made. */
export function fingerprintOf(inputs: PlanInputs): string | null {
  const { plan } = resolvePlan(inputs);
  return plan === null ? null : fingerprint(plan);
}

interface DirtyContext {
  library: WorkflowLibrary;
  fleet: Pick<Fleet, "isDemo">;
}

/** What a change may touch: all sentences of these projects, or of those the ones named. */
export interface Scope {
  projectIds: readonly string[];
  sentenceIds?: readonly string[] | undefined;
  /** Whether the change is for new pictures only: what is clean before it stays clean. */
  keepsPictures?: boolean | undefined;
}

/** The fingerprint that a picture of each sentence would have now; null where none could be made. */
export async function readFingerprints(
  tx: Tx,
  ctx: Pick<DirtyContext, "library">,
  { projectIds, sentenceIds }: Scope,
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const projectId of projectIds) {
    const plans = await readProjectPlans(tx, ctx.library, projectId, sentenceIds);
    for (const sentence of plans?.sentences ?? [])
      found.set(sentence.id, fingerprintOf(plans!.inputsOf(sentence, {})));
  }
  return found;
}

/**
 * Makes a change and sets the dirty flag of every sentence whose inputs it changed, in one transaction. A change
 * that leads back to what the selected picture was made from makes it clean again.
 * @returns what the change answered, and the ids of the sentences whose flag changed
 */
export async function changeWithDirty<T>(
  tx: Tx,
  ctx: DirtyContext,
  scope: Scope,
  change: () => Promise<T>,
): Promise<{ result: T; changed: string[] }> {
  // In one order, so that two changes never wait for each other.
  const ids = [...scope.projectIds].toSorted();
  await tx
    .select({ id: projects.id })
    .from(projects)
    .where(inArray(projects.id, ids))
    .orderBy(projects.id)
    .for("update");
  const before = await readFingerprints(tx, ctx, scope);
  const result = await change();
  const after = await readFingerprints(tx, ctx, scope);
  // Inputs of which no picture can be made (a style switched off) say nothing about the one that is there.
  const affected = [...after].filter(([id, now]) => now !== null && before.has(id) && before.get(id) !== now);
  if (scope.keepsPictures) await acceptWhereClean(tx, new Map(affected));
  const changed = await setDirtyByTake(tx, ctx, new Map(affected));
  return { result, changed };
}

/** Sets the dirty flag of each sentence by comparing its selected take with the fingerprint of its inputs now. */
export async function setDirtyByTake(
  tx: Tx,
  ctx: Pick<DirtyContext, "fleet">,
  now: ReadonlyMap<string, string | null>,
): Promise<string[]> {
  if (now.size === 0) return [];
  const rows = await tx
    .select({
      id: sentences.id,
      isImageDirty: sentences.isImageDirty,
      fingerprint: takes.fingerprint,
      keptFingerprint: takes.keptFingerprint,
      renderer: takes.renderer,
    })
    .from(sentences)
    .leftJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(inArray(sentences.id, [...now.keys()]));
  const flips = { clean: [] as string[], dirty: [] as string[] };
  for (const row of rows) {
    const { renderer, ...take } = row;
    const isDirty =
      renderer === null || !isPictureOf({ ...take, renderer }, now.get(row.id) ?? null, ctx.fleet.isDemo);
    if (isDirty !== row.isImageDirty) flips[isDirty ? "dirty" : "clean"].push(row.id);
  }
  for (const [name, ids] of Object.entries(flips))
    if (ids.length > 0)
      await tx
        .update(sentences)
        .set({ isImageDirty: name === "dirty" })
        .where(inArray(sentences.id, ids));
  return [...flips.clean, ...flips.dirty];
}

/**
 * Once a real ComfyUI is connected, what the demo renderer painted no longer counts, but for what the user kept; answers
 * the shots that turned dirty.
 */
export async function dirtyDemoPictures(tx: Tx): Promise<string[]> {
  const result = await tx.execute(sql`
    update ${sentences} set is_image_dirty = true from ${takes}
    where ${takes.id} = ${sentences.selectedTakeId} and ${takes.renderer} = 'demo' and not ${sentences.isImageDirty}
      and not ${IS_KEPT_BY_HAND}
    returning ${sentences.id} as id`);
  return rowsOf<{ id: string }>(result).map((row) => row.id);
}
