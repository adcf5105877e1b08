import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import type { PlanInputs } from "@/lib/plan/plan";
import type { ProofForesight, ProofUse, ProofUsed } from "@/lib/schemas/proof";
import type { Db, Tx } from "@/server/db/database";
import { projects, sentences } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { changeWithDirty, fingerprintOf } from "@/server/generation/dirty";
import { foreseeDirty } from "@/server/generation/foresee-dirty";
import { readProjectPlans } from "@/server/generation/plan-inputs";
import { findFittingProofs, type ProofTake, sentencesProved } from "@/server/generation/proofs";
import { showSelected } from "@/server/generation/show-take";
import { NO_FAILURES, shownFields, shownStatus } from "@/server/generation/shown-fields";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject, requireStyle } from "../require-row";

type Picked = Omit<ProofUse, "keepPictures">;

/** What using a style of a contact sheet would do to pictures; nothing is changed. */
export async function foreseeProofs(
  ctx: ServiceContext,
  { keepPictures = false, ...input }: ProofUse,
): Promise<ProofForesight> {
  const { db } = ctx.database;
  const { projectId, styleId } = input;
  await requireProject(db, projectId);
  await requireStyle(db, styleId);
  const { free, locked } = await sortByLock(db, input);
  const change = (inputs: PlanInputs): PlanInputs =>
    free
      ? { ...inputs, sentence: { ...inputs.sentence, styleId } }
      : { ...inputs, project: { ...inputs.project, styleId } };
  const proofs = await readFitting(db, ctx, input, { change, keepPictures });
  const shown = new Set(proofs.flatMap((one) => (one.isLocked ? [] : one.sentenceId)));
  const foresight = keepPictures
    ? { shots: 0, projects: 0, locked: 0 }
    : await foreseeDirty(ctx, [projectId], change, {
        ...(free && { sentenceIds: free.map((one) => one.id) }),
        spared: shown,
      });
  const left = locked ?? proofs.filter((one) => one.isLocked);
  return {
    ...foresight,
    proofs: shown.size,
    left: left.length,
  };
}

/**
 * Makes a style of a contact sheet the project's, or these sentences' own. Where a sentence's proof fits what it would
 * be painted from now, it is shown at once: nothing is painted twice. Locked sentences keep the picture they show, and
 * their own style too.
 */
export async function useProofs(
  ctx: ServiceContext,
  { keepPictures, ...input }: ProofUse,
): Promise<ProofUsed> {
  const { projectId, styleId } = input;
  const { db } = ctx.database;
  const done = await db.transaction(async (tx) => {
    await requireProject(tx, projectId);
    await requireStyle(tx, styleId);
    await touchProject(tx, projectId);
    const { free, locked } = await sortByLock(tx, input);
    const change = async () => {
      if (!free) await tx.update(projects).set({ styleId }).where(eq(projects.id, projectId));
      else if (free.length > 0)
        await tx
          .update(sentences)
          .set({ styleId, version: sql`${sentences.version} + 1` })
          .where(
            inArray(
              sentences.id,
              free.map((one) => one.id),
            ),
          );
    };
    const scope = {
      projectIds: [projectId],
      sentenceIds: free?.map((one) => one.id),
      keepsPictures: keepPictures,
    };
    const { changed } = await changeWithDirty(tx, ctx, scope, change);
    const proofs = await readFitting(tx, ctx, input);
    const shown = proofs.filter((one) => !one.isLocked);
    for (const one of shown) await select(tx, projectId, one);
    const left =
      locked?.map((one) => one.id) ?? proofs.filter((one) => one.isLocked).map((one) => one.sentenceId);
    return { changed, shown, left, free: free ?? [] };
  });
  for (const { sentenceId } of done.shown) await showSelected(ctx, projectId, sentenceId);
  const touched = new Set([...done.changed, ...done.shown.map((one) => one.sentenceId)]);
  await announceSentences(ctx, [...touched], ctx.generation.status);
  ctx.events.publish(projectId, { type: "structure" });
  return {
    shown: done.shown.map(({ sentenceId, takeId, before, seedBefore }) => ({
      sentenceId,
      takeId,
      before,
      seedBefore,
    })),
    changed: done.free.map((one) => ({ sentenceId: one.id, before: one.styleId })),
    left: done.left,
  };
}

interface Row {
  id: string;
  styleId: string | null;
  isLocked: boolean;
}

/** The sentences that are named, by whether they may change; null where the project is what changes. */
async function sortByLock(
  on: Db | Tx,
  { projectId, sentenceIds }: Picked,
): Promise<{ free: Row[] | null; locked: Row[] | null }> {
  if (!sentenceIds) return { free: null, locked: null };
  const rows = await on
    .select({ id: sentences.id, styleId: sentences.styleId, isLocked: sentences.isLocked })
    .from(sentences)
    .where(
      and(
        eq(sentences.projectId, projectId),
        inArray(sentences.id, sentenceIds),
        isNull(sentences.shelvedAt),
      ),
    );
  const known = new Set(rows.map((row) => row.id));
  const missing = sentenceIds.findIndex((id) => !known.has(id));
  if (missing >= 0) throw notFound("sentence", sentenceIds[missing]!, `sentenceIds.${missing}`);
  return { free: rows.filter((one) => !one.isLocked), locked: rows.filter((one) => one.isLocked) };
}

/**
 * Proofs that fit what their sentences are painted from, now or after a change, where those do not show such a picture.
 * A change that keeps pictures accepts the clean ones that it touches.
 */
async function readFitting(
  on: Db | Tx,
  ctx: ServiceContext,
  { projectId, styleId, sentenceIds }: Picked,
  after?: { change: (inputs: PlanInputs) => PlanInputs; keepPictures: boolean },
): Promise<ProofTake[]> {
  const proved = await sentencesProved(on, { projectId, styleId });
  const ids = sentenceIds ? proved.filter((id) => sentenceIds.includes(id)) : proved;
  if (ids.length === 0) return [];
  const plans = await readProjectPlans(on, ctx.library, projectId, ids);
  const wanted = new Map<string, string | null>();
  for (const one of plans?.sentences ?? []) {
    const inputs = plans!.inputsOf(one, {});
    const then = fingerprintOf(after ? after.change(inputs) : inputs);
    const isKept = after?.keepPictures && !one.isImageDirty && then !== fingerprintOf(inputs);
    if (!isKept) wanted.set(one.id, then);
  }
  return findFittingProofs(on, ctx, wanted);
}

async function select(tx: Tx, projectId: string, { sentenceId, takeId, seed }: ProofTake): Promise<void> {
  await tx
    .update(sentences)
    .set({
      ...shownFields({ id: sentenceId, projectId }, takeId),
      takeSelectedAt: sql`now()`,
      isImageDirty: false,
      status: shownStatus(takeId),
      ...NO_FAILURES,
      seed: sql`case when ${sentences.isSeedLocked} then ${sentences.seed} else ${seed}::bigint end`,
    })
    .where(eq(sentences.id, sentenceId));
}
