import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { failureSchema, foresightSchema, idSchema, keepPicturesSchema } from "./common";
import { jobSchema } from "./job";

const sentenceIds = z
  .array(idSchema)
  .min(1, "Give at least one sentence.")
  .max(LIMITS.sheetSentences, `A contact sheet has at most ${LIMITS.sheetSentences} sentences.`);
const styleIds = z
  .array(idSchema)
  .min(1, "Give at least one style.")
  .max(LIMITS.sheetStyles, `A contact sheet has at most ${LIMITS.sheetStyles} styles.`);

const cell = { sentenceId: idSchema, styleId: idSchema };

/** A proof of each of these sentences in each of these styles, to compare the styles by. */
export const proofInput = z.strictObject({
  projectId: idSchema,
  sentenceIds,
  styleIds,
  /** Paint those again too of which there is a fitting proof. */
  force: z.boolean().optional(),
});
export type ProofInput = z.infer<typeof proofInput>;

const MOST = LIMITS.sheetSentences * LIMITS.sheetStyles;

export const proofOutput = z.object({
  batchId: idSchema.nullable(),
  jobIds: z.array(idSchema).max(MOST),
  queued: z.int(),
  skipped: z.array(z.object({ ...cell, reason: z.enum(["hasPicture", "alreadyQueued"]) })).max(MOST),
  /** What would make proofs fail; those are not queued. */
  problems: z.array(failureSchema.extend({ cells: z.array(z.object(cell)).max(MOST) })).max(MOST),
});
export type ProofOutput = z.infer<typeof proofOutput>;

export const proofListInput = z.strictObject({ projectId: idSchema });

const proofSchema = z.object({
  ...cell,
  /** The newest job. */
  job: jobSchema,
  /** The newest picture. */
  take: z
    .object({
      id: idSchema,
      url: z.string(),
      /** Whether the sentence would be painted the same in this style now. */
      isFitting: z.boolean(),
      /** Whether its sentence shows it. */
      isSelected: z.boolean(),
    })
    .nullable(),
});
export type Proof = z.infer<typeof proofSchema>;

export const proofListOutput = z.object({
  /** What was asked for last, but for what is gone; null where nothing was. */
  sheet: z.object({ sentenceIds: z.array(idSchema), styleIds: z.array(idSchema) }).nullable(),
  /** One for each sentence and style, the newest first. */
  items: z.array(proofSchema).max(1_000),
});
export type ProofList = z.infer<typeof proofListOutput>;

/** A style picked on a contact sheet: for the project, or for these sentences as their own. */
const useFields = {
  projectId: idSchema,
  styleId: idSchema,
  /** The project's style is changed when left out. */
  sentenceIds: sentenceIds.optional(),
};
export const proofUseInput = z.strictObject({ ...useFields, keepPictures: keepPicturesSchema });
export type ProofUse = z.infer<typeof proofUseInput>;

export const proofForesightSchema = foresightSchema.extend({
  /** Sentences that will show their proof at once. */
  proofs: z.int(),
  /** Locked sentences that are left alone although there is a proof of them. */
  left: z.int(),
});
export type ProofForesight = z.infer<typeof proofForesightSchema>;

export const proofUseOutput = z.object({
  /** Sentences that show their proof now, and what they showed, and were to be painted with, before. */
  shown: z
    .array(
      z.object({
        sentenceId: idSchema,
        takeId: idSchema,
        before: idSchema.nullable(),
        seedBefore: z.number().nullable(),
      }),
    )
    .max(10_000),
  /** Sentences whose own style was changed. */
  changed: z.array(z.object({ sentenceId: idSchema, before: idSchema.nullable() })).max(MOST),
  /** Locked sentences that were left alone. */
  left: z.array(idSchema).max(10_000),
});
export type ProofUsed = z.infer<typeof proofUseOutput>;
