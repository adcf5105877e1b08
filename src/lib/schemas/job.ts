import { z } from "zod";
import { failureSchema, idSchema, pageFields, pageOf, timeSchema } from "./common";

export const jobStatusSchema = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** One picture for one sentence, as the user sees it. */
export const jobSchema = z.object({
  id: idSchema,
  batchId: idSchema,
  projectId: idSchema.nullable(),
  sentenceId: idSchema.nullable(),
  kind: z.enum(["shot", "test"]),
  /** A picture for a contact sheet: a take, but not what its sentence shows. */
  isProof: z.boolean(),
  status: jobStatusSchema,
  /** True from the request to stop until ComfyUI has stopped. */
  isCancelling: z.boolean(),
  /** Percent, 0–100; 100 only when the picture is stored. */
  progress: z.number().min(0).max(100),
  /** What happens now, in words: `sampling 5/8`. */
  step: z.string().nullable(),
  /** The fence: grows with each claim and each submission. */
  attempt: z.int(),
  /** Transient failures so far; three end the job. */
  failures: z.int(),
  /** URL of the ComfyUI server that runs it. */
  lane: z.string().max(2_000).nullable(),
  seed: z.number().nullable(),
  priority: z.int(),
  /** What was left out or done otherwise, as sentences. */
  notes: z.array(z.string().max(2_000)).max(100),
  /** Why it failed; of an open job, why its last attempt did. */
  error: failureSchema.nullable(),
  /** Number of the newest sampler preview at `/media/jobs/{id}/preview`; 0 when there is none. */
  preview: z.int(),
  queuedAt: timeSchema,
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobGetInput = z.strictObject({ jobId: idSchema });

export const jobListInput = z.strictObject({
  projectId: idSchema,
  status: jobStatusSchema.optional(),
  ...pageFields,
});
export const jobListOutput = pageOf(jobSchema);
