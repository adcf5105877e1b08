import { eq, inArray } from "drizzle-orm";
import type { PlanInputs } from "@/lib/plan/plan";
import type { Foresight } from "@/lib/schemas/common";
import { sentences, takes } from "@/server/db/schema";
import { isPictureOf } from "./accept-inputs";
import { fingerprintOf } from "./dirty";
import type { GenerationContext } from "./generation-context";
import { readProjectPlans } from "./plan-inputs";

/**
 * How many shots a change of style, model or the like would make dirty, without making it.
 * @param projectIds the projects whose shots it may touch
 * @param change the inputs of one picture as they would be after it
 * @param only the sentences that it may touch, where not all; and those that it gives a fitting picture
 */
export async function foreseeDirty(
  ctx: Pick<GenerationContext, "database" | "library" | "fleet">,
  projectIds: readonly string[],
  change: (inputs: PlanInputs) => PlanInputs,
  only: { sentenceIds?: readonly string[]; spared?: ReadonlySet<string> } = {},
): Promise<Foresight> {
  const { db } = ctx.database;
  const foresight: Foresight = { shots: 0, projects: 0, locked: 0 };
  for (const projectId of projectIds) {
    const plans = await readProjectPlans(db, ctx.library, projectId, only.sentenceIds);
    const touched = new Map<string, { after: string; isLocked: boolean }>();
    for (const sentence of plans?.sentences ?? []) {
      if (sentence.imageFile === null || sentence.isImageDirty || sentence.shelvedAt !== null) continue;
      if (only.spared?.has(sentence.id)) continue;
      const inputs = plans!.inputsOf(sentence, {});
      const after = fingerprintOf(change(inputs));
      // Inputs of which no picture can be made say nothing about the one that is there.
      if (after !== null && after !== fingerprintOf(inputs))
        touched.set(sentence.id, { after, isLocked: sentence.isLocked });
    }
    if (touched.size === 0) continue;
    const shown = await db
      .select({
        id: sentences.id,
        fingerprint: takes.fingerprint,
        keptFingerprint: takes.keptFingerprint,
        renderer: takes.renderer,
      })
      .from(sentences)
      .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
      .where(inArray(sentences.id, [...touched.keys()]));
    for (const { id, ...take } of shown)
      if (isPictureOf(take, touched.get(id)!.after, ctx.fleet.isDemo)) touched.delete(id);
    foresight.shots += touched.size;
    foresight.projects += touched.size > 0 ? 1 : 0;
    foresight.locked += [...touched.values()].filter((one) => one.isLocked).length;
  }
  return foresight;
}

/** A map with one entry changed; made once for each map, since all shots of a project share theirs. */
export function changing<K, V>(key: K, value: V): (map: ReadonlyMap<K, V>) => ReadonlyMap<K, V> {
  const made = new WeakMap<ReadonlyMap<K, V>, ReadonlyMap<K, V>>();
  return (map) => {
    const known = made.get(map);
    if (known) return known;
    const changed = new Map(map).set(key, value);
    made.set(map, changed);
    return changed;
  };
}
