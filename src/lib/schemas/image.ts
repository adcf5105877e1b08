import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import {
  cfgSchema,
  failureSchema,
  idSchema,
  NO_NUL,
  noNul,
  prioritySchema,
  seedSchema,
  stepsSchema,
} from "./common";

const sentenceIds = z
  .array(idSchema)
  .max(LIMITS.sentenceIds, `At most ${LIMITS.sentenceIds.toLocaleString("en")} sentences at once.`);

/** The demands of a request: kept with each job, and applied again when its plan is resolved. */
export const overridesSchema = z.strictObject({
  modelId: idSchema.optional(),
  styleId: idSchema.optional(),
  /** Style name of older clients: the id of a seeded style. */
  style: z.string().min(1).max(LIMITS.name).optional(),
  useImageToImage: z.boolean().optional(),
  /** Ids of the characters to use as references, instead of the sentence's. */
  characterRefs: z.array(idSchema).max(100).optional(),
  seed: seedSchema.optional(),
  steps: stepsSchema.optional(),
  cfg: cfgSchema.optional(),
});
export type Overrides = z.infer<typeof overridesSchema>;

export const generateInput = z.strictObject({
  projectId: idSchema,
  /** All sentences of the project when left out. */
  sentenceIds: sentenceIds.optional(),
  ...overridesSchema.shape,
  /** Take those too that have a clean picture (never locked ones). */
  force: z.boolean().optional(),
  takes: z.int().min(1).max(LIMITS.takesMax).optional(),
  priority: prioritySchema.optional(),
  /** The same key again answers what the first request was answered, and queues nothing. */
  idempotencyKey: z.string().min(1).max(200).refine(noNul, NO_NUL).optional(),
  /** Answer what would be queued, and queue nothing. */
  dryRun: z.boolean().optional(),
  /** Queue although every job would fail. */
  ignoreProblems: z.boolean().optional(),
});
export type GenerateInput = z.infer<typeof generateInput>;

/** REST's body: all of `image.generate` but projectId, which stands in the path. */
export const generateBody = generateInput.omit({ projectId: true });

const skipReasonSchema = z.enum(["hasPicture", "alreadyQueued", "locked"]);

export const problemSchema = failureSchema.extend({ sentenceIds });
export type Problem = z.infer<typeof problemSchema>;

export const generateOutput = z.object({
  batchId: idSchema.nullable(),
  jobIds: z.array(idSchema).max(LIMITS.sentenceIds * LIMITS.takesMax),
  queued: z.int(),
  skipped: z
    .array(z.object({ sentenceId: idSchema, reason: skipReasonSchema }))
    .max(LIMITS.sentencesPerProject),
  problems: z.array(problemSchema).max(1_000),
});
export type GenerateOutput = z.infer<typeof generateOutput>;

/** What `image.generate` would do now. */
export const foreseeInput = generateInput.omit({ idempotencyKey: true, dryRun: true, ignoreProblems: true });
export type ForeseeInput = z.infer<typeof foreseeInput>;
export const foreseeOutput = generateOutput.pick({ queued: true, skipped: true }).extend({
  /** ComfyUI servers that paint now; none of them where all are paused, away or in trouble. */
  lanes: z.int(),
  /**
   * ms from now until the last of them is done, what stands in line before included; null where nothing is known, or
   * nothing paints.
   */
  ms: z.number().nullable(),
  /** Pictures in line before them, of all projects. */
  ahead: z.int(),
  /** Of `queued`, how many are of a model that has made no picture here: `ms` leaves them out. */
  unmeasured: z.int(),
});
export type ForeseeOutput = z.infer<typeof foreseeOutput>;

/** Which jobs: exactly one of these. */
const scopeFields = {
  projectId: idSchema.optional(),
  batchId: idSchema.optional(),
  jobIds: z.array(idSchema).min(1, "Give at least one job.").max(LIMITS.sentenceIds).optional(),
  /** All open jobs of these sentences, every take of them. */
  sentenceIds: sentenceIds.min(1, "Give at least one sentence.").optional(),
};
const isOneScope = ({
  projectId,
  batchId,
  jobIds,
  sentenceIds: ids,
}: Partial<Record<keyof typeof scopeFields, unknown>>) =>
  [projectId, batchId, jobIds, ids].filter((one) => one !== undefined).length === 1;
const oneScope = {
  message: "Give exactly one of projectId, batchId, jobIds and sentenceIds.",
  path: ["projectId"],
};

export const cancelInput = z.strictObject(scopeFields).refine(isOneScope, oneScope);
export type CancelInput = z.infer<typeof cancelInput>;
export const cancelOutput = z.object({ cancelled: z.int(), cancelling: z.int() });

/** Waiting jobs get another priority: higher goes first. */
export const prioritizeInput = z
  .strictObject({ ...scopeFields, priority: prioritySchema })
  .refine(isOneScope, oneScope);
export const prioritizeOutput = z.object({ changed: z.int() });

export const retryFailedInput = z.strictObject({ projectId: idSchema, sentenceIds: sentenceIds.optional() });

/** All shots of the project whose picture is changed or something failed over, or those that are named. */
export const keepInput = z.strictObject({ projectId: idSchema, sentenceIds: sentenceIds.optional() });
export const keepOutput = z.object({
  kept: z.int(),
  /** Of those that were named. */
  skipped: z
    .array(z.object({ sentenceId: idSchema, reason: z.enum(["noPicture", "generating", "clean"]) }))
    .max(LIMITS.sentenceIds),
});
export type KeepOutput = z.infer<typeof keepOutput>;
