import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs, sentences, takes } from "@/server/db/schema";
import { isPictureOf } from "./accept-inputs";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";

/**
 * Proofs are pictures of a contact sheet: a style tried on a sentence. They are takes like all others, but nothing of
 * what the sentence shows, of its state or of its place in the line changes by them.
 */

/** Their numbers begin here: those before are the takes of a request. */
export const FIRST_PROOF = 101;

/** Of a job: it makes a proof, or a picture for its sentence's place on the board. */
export const IS_PROOF = sql`(${generationJobs.input} ->> 'isProof') is not null`;
export const IS_FOR_BOARD = sql`(${generationJobs.input} ->> 'isProof') is null`;

export const isProof = (job: Pick<JobRow, "input">): boolean => job.input.isProof === true;

/** A proof that a sentence could show. */
export interface ProofTake {
  sentenceId: string;
  takeId: string;
  seed: number | null;
  /** The take that it shows now, and the seed that it has. */
  before: string | null;
  seedBefore: number | null;
  isLocked: boolean;
}

/** Ids of the sentences of which there are proofs in a style. */
export async function sentencesProved(
  on: Db | Tx,
  { projectId, styleId }: { projectId: string; styleId: string },
): Promise<string[]> {
  const rows = await on
    .selectDistinct({ id: takes.sentenceId })
    .from(takes)
    .innerJoin(generationJobs, eq(generationJobs.id, takes.jobId))
    .where(
      and(
        eq(generationJobs.projectId, projectId),
        IS_PROOF,
        eq(takes.styleId, styleId),
        isNull(takes.deletedAt),
      ),
    );
  return rows.map((row) => row.id);
}

/**
 * The newest proof of each sentence that was made from these inputs, but for sentences that show a picture made from
 * them, or kept for them, already, or one of the user's own.
 * @param now the fingerprint of each sentence's inputs
 */
export async function findFittingProofs(
  on: Db | Tx,
  { fleet }: Pick<GenerationContext, "fleet">,
  now: ReadonlyMap<string, string | null>,
): Promise<ProofTake[]> {
  if (now.size === 0) return [];
  const rows = await on
    .select({
      sentenceId: takes.sentenceId,
      takeId: takes.id,
      seed: takes.seed,
      fingerprint: takes.fingerprint,
      renderer: takes.renderer,
      before: sentences.selectedTakeId,
      seedBefore: sentences.seed,
      isLocked: sentences.isLocked,
    })
    .from(takes)
    .innerJoin(generationJobs, eq(generationJobs.id, takes.jobId))
    .innerJoin(sentences, eq(sentences.id, takes.sentenceId))
    .where(
      and(
        inArray(takes.sentenceId, [...now.keys()]),
        IS_PROOF,
        isNull(takes.deletedAt),
        isNull(sentences.shelvedAt),
      ),
    )
    .orderBy(desc(takes.createdAt), desc(takes.id));
  const shown = await on
    .select({
      id: sentences.id,
      fingerprint: takes.fingerprint,
      keptFingerprint: takes.keptFingerprint,
      renderer: takes.renderer,
    })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(inArray(sentences.id, [...now.keys()]));
  const fits = new Set(
    shown.flatMap(({ id, ...take }) => (isPictureOf(take, now.get(id) ?? null, fleet.isDemo) ? id : [])),
  );
  const found = new Map<string, ProofTake>();
  for (const { fingerprint, renderer, ...take } of rows) {
    const isOfThese = fingerprint !== null && fingerprint === now.get(take.sentenceId);
    const isLeftOver = renderer === "demo" && !fleet.isDemo;
    if (isOfThese && !isLeftOver && !fits.has(take.sentenceId) && !found.has(take.sentenceId))
      found.set(take.sentenceId, take);
  }
  return [...found.values()];
}
